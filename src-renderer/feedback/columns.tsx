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

export function useFeedbackColumns(): readonly Column<FeedbackRow>[] {
  const { t } = useTranslation('feedback')
  return [
    { key: 'number', title: t('column.number'), width: 196, cell: ({ number, kind }) => <><span className="code num" style={{ display: 'block' }}>{number ?? t('draft')}</span><span className="s t2">{t(`kind.${kind}`)}</span></> },
    { key: 'what', title: t('column.what'), cell: ({ extract, place, field }) => <><span className="ell" style={{ display: 'block' }} title={extract}>{extract === '' ? <span className="t3">{t('nothingYet')}</span> : extract}</span><span className="s t2 ell" style={{ display: 'block' }}>{[field === null ? '' : t(`field.${field}`), place].filter((part) => part !== '').join(' · ')}</span></> },
    { key: 'state', title: t('column.state'), width: 216, cell: (row) => <div className="col" style={{ gap: 3, alignItems: 'flex-start' }}>{row.sending?.state === 'attention' ? <SyncBadge state="attention" /> : <FeedbackBadge state={row.state} />}<AnswerBy row={row} /></div> },
  ]
}
