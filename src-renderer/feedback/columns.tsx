import { IconAlertTriangle, IconBan, IconCircleCheck, IconClock, IconCloudCheck, IconEdit, IconFilePlus, IconInbox, IconProgress, IconArrowBackUp } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { FeedbackRow, FeedbackState } from '@contract/feedback'
import { Badge, type Column, type IconType, SyncBadge, type Tint } from '../parts'
import { dayOf } from './moments'

const LOOKS: Readonly<Record<FeedbackState, readonly [Tint, IconType]>> = {
  0: ['line', IconEdit], 1: ['info', IconInbox], 2: ['ok', IconCloudCheck], 3: ['idle', IconProgress], 4: ['warn', IconFilePlus], 5: ['ok', IconCircleCheck],
  6: ['line', IconBan], 7: ['line', IconCircleCheck], 8: ['line', IconArrowBackUp],
}

/** Where a complaint or proposal stands. */
export function FeedbackBadge({ state }: { state: FeedbackState }): ReactNode {
  const { t } = useTranslation('feedback')
  const [tint, icon] = LOOKS[state]
  return <Badge tint={tint} icon={icon}>{t(`state.${String(state)}`)}</Badge>
}

/** The answer's limit; late is for somebody to act on. */
export function AnswerBy({ row: { answerBy, overdue } }: { row: Pick<FeedbackRow, 'answerBy' | 'overdue'> }): ReactNode {
  const { t } = useTranslation('feedback')
  if (answerBy === null) return null
  const date = dayOf(answerBy)
  return overdue ? <Badge tint="bad" icon={IconAlertTriangle}>{t('overdueSince', { date })}</Badge> : <span className="s t2 num row" style={{ gap: 4 }}><IconClock className="i xs" aria-hidden />{t('answerBy', { date })}</span>
}

/** Number and kind, and under them what was said. */
function WhatCell({ row: { number, kind, field, place, extract } }: { row: FeedbackRow }): ReactNode {
  const { t } = useTranslation('feedback')
  const about = [t(`kind.${kind}`), field === null ? '' : t(`field.${field}`), place].filter((part) => part !== '').join(' · ')
  return (
    <>
      <div className="ell" style={{ lineHeight: 1.4 }}>{number !== null && <span className="code num">{number} </span>}<span className={number === null ? 'w5' : 't2'}>{about}</span></div>
      <div className={`s ell ${extract === '' ? 't3' : 't2'}`} title={extract}>{extract === '' ? t('nothingYet') : extract}</div>
    </>
  )
}

/** The limit in a list: the day alone, with a mark once it is past. */
function AnswerDay({ row: { answerBy, overdue } }: { row: FeedbackRow }): ReactNode {
  const { t } = useTranslation('feedback')
  if (answerBy === null) return null
  const date = dayOf(answerBy)
  return overdue ? <b className="c-bad" title={t('overdueSince', { date })}><IconAlertTriangle className="i xs" role="img" aria-label={t('show.overdue')} /> {date}</b> : <>{date}</>
}

export function useFeedbackColumns(): readonly Column<FeedbackRow>[] {
  const { t } = useTranslation('feedback')
  return [
    { key: 'state', title: t('column.state'), width: 186, cell: (row) => (row.sending?.state === 'attention' ? <SyncBadge state="attention" /> : <FeedbackBadge state={row.state} />) },
    { key: 'what', title: t('column.what'), cell: (row) => <WhatCell row={row} /> },
    { key: 'by', title: t('answerByTitle'), width: 132, right: true, cell: (row) => <AnswerDay row={row} /> },
  ]
}
