import { IconAlertTriangle, IconLockOpen, IconNfc } from '@tabler/icons-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { IdentityCheckView, IdentityOutcome } from '@contract/chip'
import { toCivil } from '@contract/civil-time'
import { formatDate, formatTime } from '@contract/format'
import type { Who } from '../intake/content'
import { Badge, Button, FailureNote } from '../parts'
import { ChipMarks, OutcomeBadge } from './badges'
import type { Result } from './counter'
import { ChipDetails } from './details'
import { isExpired, marksOf, resultsOfCheck, resultsOfReading } from './marks'
import type { IntakeChip } from './use-intake-chip'

/** What the chip of one person proved and what the officer found; before a finding, its four answers. */
export function ChipFound({ chip, who }: { chip: IntakeChip; who: Who }): ReactNode {
  const result = chip.result?.who === who && !chip.stranger ? chip.result : null
  const check = chip.checks.findLast((each) => each.who === who)
  if (result === null) return check ? <StoredCheck check={check} /> : null
  // A finding of before this reading does not answer for it.
  return <Fresh chip={chip} result={result} check={check !== undefined && check.at >= result.reading.at ? check : null} />
}

function Fresh({ chip, result, check }: { chip: IntakeChip; result: Result; check: IdentityCheckView | null }): ReactNode {
  const { t } = useTranslation('chip')
  const [asked, setAsked] = useState(false)
  const [details, setDetails] = useState(false)
  const { reading } = result
  const { expiresAt } = reading.person
  const expired = isExpired(expiresAt, toCivil(new Date()).date)
  const against = marksOf(resultsOfReading(reading)).some((mark) => mark === 'changed' || mark === 'revoked' || mark === 'copied')
  const box = useFocusKeptIn(check?.at)
  const decide = (outcome: IdentityOutcome): void => {
    setAsked(false)
    chip.decide(outcome)
  }
  const open = check === null || asked
  const toDetails = <Button small kind="ghost" keys="Alt+C" onPress={() => setDetails(true)}>{t('details')}</Button>
  return (
    <div className="chip-found" ref={box}>
      <div className="bdgs">
        <ChipMarks results={resultsOfReading(reading)} />
        <Badge tint="line" icon={IconNfc}>{t('readAt', { time: formatTime(new Date(reading.at)) })}</Badge>
        {check !== null && <OutcomeBadge outcome={check.outcome} />}
        {reading.access?.downgraded === true && <ByBac />}
        {expired && expiresAt !== null && <Badge tint="warn" icon={IconAlertTriangle}>{t('expiredOn', { date: formatDate(expiresAt) })}</Badge>}
      </div>
      {open && <Decision first={against ? null : expired ? 'card-expired' : 'same-person'} waits={chip.deciding ? t('keeping') : undefined} onDecide={decide}>{check === null && toDetails}</Decision>}
      <FailureNote error={chip.decideError}><Button small onPress={chip.again}>{t('again')}</Button></FailureNote>
      {check !== null && (
        <div className="row" style={{ gap: 4 }}>
          <span className="s t2 grow">{t('foundBy', { time: formatTime(new Date(check.at)), name: check.by })}</span>
          {!asked && <Button small kind="ghost" onPress={() => setAsked(true)}>{t('change')}</Button>}
          {toDetails}
        </div>
      )}
      <ChipDetails open={details} reading={reading} onClose={() => setDetails(false)} />
    </div>
  )
}

/** The answers go once one is given: a focus that stood on them goes on to what is left. */
function useFocusKeptIn(decidedAt: string | undefined) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (decidedAt !== undefined && document.activeElement === document.body) box.current?.querySelector<HTMLElement>('button')?.focus()
  }, [decidedAt])
  return box
}

type Answer = Readonly<{ outcome: IdentityOutcome; keys: string }>
const ANSWERS: readonly Answer[] = [
  { outcome: 'same-person', keys: 'Alt+D' }, { outcome: 'another-person', keys: 'Alt+K' }, { outcome: 'card-expired', keys: 'Alt+E' }, { outcome: 'card-lost', keys: 'Alt+B' },
]

/** The officer allowed BAC where PACE failed: told wherever the chip's standing is told. */
function ByBac(): ReactNode {
  const { t } = useTranslation('chip')
  return <Badge tint="warn" icon={IconLockOpen} title={t('access.downgraded')}>{t('bac.mark')}</Badge>
}

/** The officer's four answers. `first` stands out; none does when the chip itself is in doubt, so that nobody is led to an answer. */
function Decision({ first, waits, onDecide, children }: { first: IdentityOutcome | null; waits: string | undefined; onDecide: (outcome: IdentityOutcome) => void; children: ReactNode }): ReactNode {
  const { t } = useTranslation('chip')
  return (
    <div role="group" aria-label={t('compare')}>
      <div className="row" style={{ gap: 4, marginBottom: 4 }}><p className="m w6 grow">{t('compare')}</p>{children}</div>
      <div className="decision">
        {ANSWERS.map(({ outcome, keys }) => <Button key={outcome} small kind={outcome === first ? 'primary' : 'neutral'} keys={keys} label={t(`answerLong.${outcome}`)} waitsFor={outcome === (first ?? 'same-person') ? waits : undefined} onPress={() => onDecide(outcome)}>{t(`answer.${outcome}`)}</Button>)}
      </div>
    </div>
  )
}

/** A finding that was kept, after its reading has been let go. */
export function StoredCheck({ check }: { check: IdentityCheckView }): ReactNode {
  const { t } = useTranslation('chip')
  return (
    <div className="chip-found">
      <div className="bdgs"><ChipMarks results={resultsOfCheck(check)} /><OutcomeBadge outcome={check.outcome} />{check.downgraded && <ByBac />}</div>
      <p className="s t2 num">{t('foundBy', { time: `${formatTime(new Date(check.at))} ${formatDate(toCivil(new Date(check.at)).date)}`, name: check.by })}</p>
    </div>
  )
}
