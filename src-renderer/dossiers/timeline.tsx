import type { TFunction } from 'i18next'
import {
  IconArrowBackUp, IconBan, IconCash, IconCheck, IconCircleCheck, IconCircleDot, IconCloudCheck, IconCloudUpload, IconFilePlus, IconHistory, IconInbox, IconNote,
  IconPlayerStop, IconPrinter, IconProgress, IconRosetteDiscountCheck,
} from '@tabler/icons-react'
import { type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { DossierState, DossierView, TimelineEntry } from '@contract/dossier'
import { currentLanguage } from '../app/i18n'
import type { IconType } from '../parts'
import { useClock } from './clock'
import { isRunning } from './due'
import { nearMoment } from './moments'

const STATES: Readonly<Record<DossierState, readonly [IconType, string]>> = {
  1: [IconInbox, 'c-info'], 2: [IconCheck, 'c-ok'], 3: [IconBan, 't2'], 4: [IconProgress, 't2'], 5: [IconFilePlus, 'c-warn'], 6: [IconCash, 'c-warn'],
  7: [IconArrowBackUp, 't2'], 8: [IconPlayerStop, 't2'], 9: [IconRosetteDiscountCheck, 'c-info'], 10: [IconCircleCheck, 'c-ok'],
}
const KINDS: Readonly<Record<Exclude<TimelineEntry['kind'], 'state'>, readonly [IconType, string]>> = {
  sent: [IconCloudUpload, 'c-info'], received: [IconCloudCheck, 'c-ok'], print: [IconPrinter, 't2'], note: [IconNote, 't2'],
}

const FEE = [IconCash, 't2'] as const

/** Everything that happened to the dossier, oldest first, and what is to come last. */
export function Timeline({ dossier }: { dossier: DossierView }): ReactNode {
  const { t } = useTranslation('dossier')
  const now = useClock()
  const end = useRef<HTMLLIElement>(null)
  const { timeline, dueAt, state } = dossier
  useEffect(() => end.current?.scrollIntoView({ block: 'nearest' }), [timeline.length])
  const moment = (instant: string): string => nearMoment(instant, now, t('today', { ns: 'common' }), currentLanguage())
  return (
    <>
      <div className="hd"><IconHistory className="i" aria-hidden /><h2>{t('timeline.title')}</h2></div>
      <ol className="timeline scroll grow" tabIndex={0} aria-label={t('timeline.title')}>
        {timeline.map((entry) => <Event key={entry.sequence} entry={entry} moment={moment} />)}
        <li ref={end}>
          {isRunning(state) && dueAt !== null && (
            <><span className="mark c-info"><IconCircleDot className="i" aria-hidden /></span><div className="what"><p className="w6">{t('timeline.toCome')}</p><p className="s w5 num">{t('timeline.due', { time: moment(dueAt) })}</p></div></>
          )}
        </li>
      </ol>
    </>
  )
}

function Event({ entry, moment }: { entry: TimelineEntry; moment: (instant: string) => string }): ReactNode {
  const { t } = useTranslation('dossier')
  const [Icon, tint] = entry.kind === 'state' ? STATES[entry.state ?? 2] : isFee(entry.note) ? FEE : KINDS[entry.kind]
  const note = noteOf(entry)
  const words = note === null ? null : 'key' in note ? t(note.key, { note: entry.note ?? '' }) : note.text
  return (
    <li>
      <span className={`mark ${tint}`}><Icon className="i" aria-hidden /><i aria-hidden="true" /></span>
      <div className="what">
        <p className="w6">{titleOf(entry, t)}</p>
        <p className="s num"><span className="w5">{moment(entry.at)}</span></p>
        <p className="s t2">{entry.by}</p>
        {words !== null && <p className="s" style={{ overflowWrap: 'anywhere' }}>{words}</p>}
      </div>
    </li>
  )
}

/** What the till wrote (`src-main/fees`). */
const isFee = (note: string | null): note is string => note !== null && ['fee.collected', 'fee.exempted', 'fee.voided'].includes(note)

function titleOf({ kind, state, origin, note }: TimelineEntry, t: TFunction<'dossier'>): string {
  if (kind === 'state') return t(`state.${String(state)}`, { ns: 'common' })
  if (kind === 'note' && isFee(note)) return t(`timeline.${note}`)
  if (kind === 'note') return t(origin === 'city' ? 'timeline.codeGiven' : note === 'corrected' ? 'timeline.corrected' : 'timeline.note')
  if (kind === 'print') {
    const [, act = '', form = '', number = ''] = /^form\.(printed|saved):(mau-\d\d):(.*)$/u.exec(note ?? '') ?? []
    if (form !== '') return t(`timeline.form.${act}`, { form: t(`papers.${form}`), number })
    return t(note === 'receipt.saved' ? 'timeline.saved' : 'timeline.printed')
  }
  return t(`timeline.${kind}`)
}

/** Notes that people wrote are shown as they are; those the program wrote are turned into words. */
function noteOf({ kind, note }: TimelineEntry): { key: string } | { text: string } | null {
  if (note === null || kind === 'print' || note === 'corrected' || isFee(note)) return null
  return kind === 'received' ? { key: 'timeline.receipt' } : { text: note }
}
