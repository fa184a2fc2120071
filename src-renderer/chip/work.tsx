import { IconAlertTriangle, IconNfc, IconShieldX, IconUsers } from '@tabler/icons-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { IdentityOutcome } from '@contract/chip'
import { formatIdNumber } from '@contract/format'
import type { Problem } from '../app/api'
import { Button, ConfirmDialog, focusField, Note, ProblemNote } from '../parts'
import type { Who } from '../intake/content'
import { Differences } from './differences'
import type { Result } from './counter'
import { KeyForm } from './key-form'
import type { KeyWay, TypedKey } from './keys'
import { marksOf, resultsOfReading } from './marks'
import { useCounter, useCounterState } from './use-counter'
import type { IntakeChip } from './use-intake-chip'
import { useDraft } from '../intake/use-draft'

/** What the chip asks of the officer, above the fields of the person: a key, another try, whose card it is, which of two values is right. */
export function ChipWork({ chip }: { chip: IntakeChip }): ReactNode {
  const work = useCounterState((state) => state.work)
  const typed = useTyped(chip.result)
  useFocusOnFields(`${work.kind} ${work.kind === 'failed' ? work.problem.code : ''} ${String(chip.stranger)} ${String(chip.asksKey)}`, chip.result?.who ?? 'applicant')
  if (work.kind === 'reading') return null
  if (work.kind === 'failed') return <Failed key={work.problem.code} chip={chip} code={work.problem.code} typed={typed} />
  if (chip.stranger) return <Stranger chip={chip} />
  if (chip.asksKey) return <Note tint="info" icon={IconNfc}><KeyForm facts={chip.facts} focus {...typed} onClose={chip.closeKey} /></Note>
  if (chip.result === null) return <CardWithoutKey chip={chip} />
  // Whoever is not the card's holder needs none of its facts.
  return <><Against result={chip.result} />{adviceOf(chip) === null && <Differences chip={chip} />}</>
}

type Typed = Readonly<{ before: TypedKey | null; onTyped: (typed: TypedKey) => void }>

/** A key typed by hand is kept until a chip was read: a slip in one line is mended, not typed anew. */
function useTyped(result: Result | null): Typed {
  const [kept, setKept] = useState<{ typed: TypedKey; after: Result | null } | null>(null)
  return { before: kept !== null && kept.after === result ? kept.typed : null, onTyped: (typed) => setKept({ typed, after: result }) }
}

/** What speaks against the chip itself, in words; of a source that is not proved the badge and the details tell. */
function Against({ result: { reading } }: { result: Result }): ReactNode {
  const { t } = useTranslation('chip')
  const against = marksOf(resultsOfReading(reading)).filter((mark) => mark === 'changed' || mark === 'revoked' || mark === 'copied' || mark === 'unproved')
  return against.map((mark) => <Note key={mark} tint={mark === 'unproved' ? 'warn' : 'bad'} icon={IconShieldX} role="status"><p className="m">{t(`markMeans.${mark}`)}</p></Note>)
}

/** What is asked here goes once it is answered: a focus that stood on it goes on to the fields. */
function useFocusOnFields(state: string, who: Who): void {
  const before = useRef(state)
  useEffect(() => {
    // When the step opens, its focus is put elsewhere.
    if (before.current !== state && document.activeElement === document.body) focusField(`${who}.fullName`)
    before.current = state
  }, [state, who])
}

/** The fields that mend what went wrong, by the code of it. */
const MENDED_BY: Readonly<Record<string, KeyWay>> = { 'THE-002': 'expiry', 'THE-005': 'expiry', 'THE-008': 'expiry', 'THE-012': 'mrz', 'THE-015': 'can' }
const AGAIN_LATER = new Set(['THE-017'])
/** Another key (the CAN) may get further; a reader that does not work asks for none. */
const OTHER_KEY_MAY_HELP = new Set(['THE-006', 'THE-010'])

function Failed({ chip, code, typed }: { chip: IntakeChip; code: string; typed: Typed }): ReactNode {
  const { t } = useTranslation('chip')
  const counter = useCounter()
  const work = useCounterState((state) => state.work)
  const key = useCounterState((state) => state.key)
  const [asksBac, setAsksBac] = useState(false)
  if (work.kind !== 'failed') return null
  const way = MENDED_BY[code]
  if (way !== undefined) return <KeyWanted chip={chip} problem={work.problem} way={way} typed={typed} />
  return (
    <>
      <ProblemNote problem={work.problem} focus={!chip.asksKey}>
        {!AGAIN_LATER.has(code) && <Button small caps="F7" onPress={chip.again}>{t('again')}</Button>}
        {OTHER_KEY_MAY_HELP.has(code) && !chip.asksKey && <Button small onPress={chip.askKey}>{t('typeKey')}</Button>}
        {code === 'THE-006' && key !== null && <Button small onPress={() => setAsksBac(true)}>{t('bac.act')}</Button>}
        <Button small kind="ghost" onPress={counter.dismiss}>{t('withoutChip')}</Button>
      </ProblemNote>
      {chip.asksKey && <KeyForm facts={chip.facts} focus {...typed} />}
      <ConfirmDialog open={asksBac} title={t('bac.title')} act={t('bac.confirm')} dangerous onClose={() => setAsksBac(false)} onAct={() => { setAsksBac(false); if (key !== null) counter.read(key, { allowBac: true }) }}>{t('bac.words')}</ConfirmDialog>
    </>
  )
}

/** What went wrong is mended by another key: its fields stand in the note that says so. */
function KeyWanted({ chip, problem, way, typed }: { chip: IntakeChip; problem: Problem; way: KeyWay; typed: Typed }): ReactNode {
  const { t } = useTranslation('chip')
  const counter = useCounter()
  const part = typeof problem.params['part'] === 'string' ? t(`param.part.${problem.params['part']}`, { ns: 'errors', defaultValue: problem.params['part'] }) : ''
  const says = (what: 'what' | 'next'): string => t(`${problem.code}.${what}`, { ns: 'errors', ...problem.params, part })
  return (
    <Note tint="warn" icon={IconAlertTriangle} role="alert">
      <p><b>{says('what')}</b> <span className="m">{says('next')}</span> <span className="s t2">{t('code', { ns: 'common', code: problem.code })}</span></p>
      <div style={{ marginTop: 6 }}><KeyForm facts={chip.facts} focus {...typed} first={problem.code === 'THE-002' && typed.before ? typed.before.way : way === 'expiry' && chip.facts === null ? 'mrz' : way} onClose={counter.dismiss} /></div>
    </Note>
  )
}

/** A card that was put on the reader before anything is known of it. */
function CardWithoutKey({ chip }: { chip: IntakeChip }): ReactNode {
  const { t } = useTranslation('chip')
  const card = useCounterState((state) => state.card)
  const done = useCounterState((state) => state.done)
  const scanned = useCounterState((state) => state.facts)
  const other = scanned !== null && done !== null && done !== '' && done !== scanned.idNumber
  // A card that was read for the errand before is no news for this one.
  if (card !== 'present' || (scanned === null && done !== null && done !== '')) return null
  if (other) return <Note tint="info" icon={IconNfc} role="status"><div className="row wrap"><p className="m grow">{t('liftFirst')}</p><Button small caps="F7" onPress={chip.again}>{t('read')}</Button></div></Note>
  return (
    <Note tint="info" icon={IconNfc} role="status">
      <div className="col" style={{ gap: 6 }}>
        <div className="row wrap"><p className="m grow">{t(chip.mayGuess ? 'liesKnown' : 'lies')}</p><Button small caps="F7" onPress={chip.again}>{t(chip.mayGuess ? 'read' : 'typeKey')}</Button></div>
      </div>
    </Note>
  )
}

/** The card is somebody else's than who stands in the fields: nothing is changed before the officer says so. */
function Stranger({ chip }: { chip: IntakeChip }): ReactNode {
  const { t } = useTranslation('chip')
  const { content } = useDraft()
  const { result } = chip
  if (result === null) return null
  const { person } = result.reading
  const typed = content[result.who]
  return (
    <Note tint="warn" icon={IconUsers} role="alert">
      <p className="w6">{t('stranger.what')}</p>
      <p className="m">{t('stranger.card')} <b>{person.fullName}</b> <span className="num">{person.idNumber === null ? person.documentNumber : formatIdNumber(person.idNumber)}</span></p>
      <p className="m">{t('stranger.typed')} <b>{typed.fullName || t('none', { ns: 'common' })}</b> <span className="num">{typed.idNumber}</span></p>
      <div className="row wrap" style={{ marginTop: 8 }}>
        <Button small keys="Alt+U" onPress={chip.takeStranger}>{t('stranger.take')}</Button>
        <Button small keys="Alt+J" onPress={chip.keepPerson}>{t('stranger.keep')}</Button>
      </div>
    </Note>
  )
}

type Adverse = Exclude<IdentityOutcome, 'same-person' | 'undecided'>

/** The last finding, if it speaks against receiving in this name and no newer reading is there. */
function adviceOf({ checks, result }: IntakeChip): Adverse | null {
  const check = checks.at(-1)
  if (check === undefined || check.outcome === 'same-person' || check.outcome === 'undecided') return null
  return result !== null && result.reading.at > check.at ? null : check.outcome
}

/** What follows from a finding that speaks against receiving in this name. It stops nobody. */
export function Advice({ chip, onNote }: { chip: IntakeChip; onNote: (text: string) => void }): ReactNode {
  const { t } = useTranslation('chip')
  const outcome = adviceOf(chip)
  if (outcome === null) return null
  return (
    <Note tint="warn" icon={IconAlertTriangle} role="status">
      <p className="w6">{t(`advice.${outcome}.what`)}</p>
      <p className="m">{t(`advice.${outcome}.next`)}</p>
      <div style={{ marginTop: 6 }}><Button small onPress={() => onNote(t(`advice.${outcome}.note`))}>{t('advice.act')}</Button></div>
    </Note>
  )
}
