import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { IdentityCheckView, IdentityOutcome } from '@contract/chip'
import { api, problemOf } from '../app/api'
import { keys, queryClient } from '../app/queries'
import { useShortcut } from '../app/shortcuts'
import { useAnnounce } from '../parts'
import type { Who } from '../intake/content'
import type { DraftStore } from '../intake/draft-store'
import { type Difference, fillFromChip, isSomebodyElse, personOfChip, settle } from './compare'
import type { CounterState, Result, Work } from './counter'
import { factsOfPerson, keyOfFacts, type CardFacts } from './keys'
import { mayFill, resultsOfReading } from './marks'
import { useCounter, useCounterState } from './use-counter'

export type IntakeChip = Readonly<{
  /** The reading that belongs to this draft. */
  result: Result | null
  /** The reading is of somebody else than who stands in the draft: an answer is asked for. */
  stranger: boolean
  takeStranger: () => void
  keepPerson: () => void
  differences: readonly Difference[]
  settle: (difference: Difference, choice: 'chip' | 'before') => void
  /** Reads (again) with what is known; without it the fields for the key open. */
  again: () => void
  /** What is known of the card may open it: F7 reads. */
  mayGuess: boolean
  /** Opens the fields for the key. */
  askKey: () => void
  /** The fields for the key are asked for by hand. */
  asksKey: boolean
  closeKey: () => void
  facts: CardFacts | null
  checks: readonly IdentityCheckView[]
  decide: (outcome: IdentityOutcome) => void
  deciding: boolean
  decideError: unknown
}>

/** The fields for the key were asked for in this state of things; another one closes them. */
type Asked = Readonly<{ after: Result | null; work: Work | null }>

/** How the work stands when nothing is being read; progress is for those who show it. */
const settled = ({ work }: CounterState): Work | null => (work.kind === 'reading' ? null : work)

/** In whose fields the work stands: that is whose card is read. */
export function whoInHand(store: DraftStore): Who {
  const { focus, capacity } = store.get().content
  return (capacity === 'child' || capacity === 'authorised') && focus?.startsWith('owner.') === true ? 'owner' : 'applicant'
}

/** The chip at the intake: the reading goes into the draft, differences are settled, the officer's finding is kept. */
export function useIntakeChip(store: DraftStore, onAsk: () => void): IntakeChip {
  const { t } = useTranslation('chip')
  const { say, toast } = useAnnounce()
  const counter = useCounter()
  const mine = useCounterState(({ draft }) => draft) === store.id
  const held = useCounterState(({ result }) => result)
  const scanned = useCounterState(({ facts }) => facts)
  const work = useCounterState(settled)
  const refused = useCounterState((state) => state.refused)
  const [asked, setAsked] = useState<Asked | null>(null)
  const result = mine ? held : null
  const who = result?.who ?? whoInHand(store)
  const facts = factsOfPerson(store.get().content[who]) ?? scanned
  const stranger = result !== null && result.differences === null && isSomebodyElse(store.get().content[result.who], result.reading.person)

  useEffect(() => {
    counter.open(store.id)
    return () => counter.leave()
  }, [counter, store])

  const fill = (from: Result): void => {
    const { person, differences } = fillFromChip(store.get().content[from.who], from.reading.person, mayFill(resultsOfReading(from.reading)))
    store.edit((content) => ({ ...content, [from.who]: person }))
    counter.put(differences)
    say(differences.length === 0 ? t('said', { name: person.fullName }) : t('saidDifferent', { name: person.fullName, count: differences.length }))
  }
  useEffect(() => {
    if (result === null || result.differences !== null || stranger) return
    fill(result)
  })

  const takeStranger = (): void => {
    if (result === null) return
    const before = store.get().content[result.who]
    store.edit((content) => ({ ...content, [result.who]: personOfChip(result.reading.person) }))
    counter.put([])
    toast(t('replaced', { name: before.fullName || before.idNumber }), { label: t('undo', { ns: 'common' }), run: () => store.edit((content) => ({ ...content, [result.who]: before })) })
  }
  const askKey = (): void => {
    onAsk()
    setAsked({ after: result, work: settled(counter.get()) })
  }
  const again = (): void => {
    const { key } = counter.get()
    const inHand = whoInHand(store)
    const typed = factsOfPerson(store.get().content[inHand])
    if (key !== null) counter.read(key, { who: counter.get().facts === null ? inHand : counter.get().who })
    else if (typed !== null && typed.idNumber !== counter.get().refused) counter.read(keyOfFacts(typed), { who: inHand })
    else askKey()
  }
  useShortcut('F7', t('readKey'), again)
  const decision = useDecision(store, result)
  return {
    result, stranger, takeStranger, keepPerson: counter.dismiss, differences: result?.differences ?? [],
    settle: (difference, choice) => store.edit((content) => ({ ...content, [who]: settle(content[who], difference, choice) })),
    again, mayGuess: facts !== null && facts.idNumber !== refused, askKey, asksKey: asked !== null && asked.after?.reading.id === result?.reading.id && asked.work === work, closeKey: () => setAsked(null), facts, ...decision,
  }
}

/** Keeps the officer's finding with the draft; may be given again, the newest counts. */
function useDecision({ id: draftId, flush }: DraftStore, result: Result | null): Pick<IntakeChip, 'checks' | 'decide' | 'deciding' | 'decideError'> {
  const { t } = useTranslation('chip')
  const { say } = useAnnounce()
  const { data } = useQuery({ queryKey: keys.checks({ draftId }), queryFn: () => api.chip.checks({ draftId }) })
  const [deciding, setDeciding] = useState(false)
  const [decideError, setError] = useState<unknown>(null)
  const keep = async (outcome: IdentityOutcome, { reading, who, differences }: Result): Promise<void> => {
    setDeciding(true)
    setError(null)
    try {
      await flush()
      await api.chip.keepCheck({ draftId, readingId: reading.id, who, outcome, differences: (differences ?? []).map(({ fact }) => fact) })
      await queryClient.invalidateQueries({ queryKey: keys.checks({ draftId }) })
      say(t(`outcome.${outcome}`))
    } catch (error) {
      setError(error)
    } finally {
      setDeciding(false)
    }
  }
  const shown = decideError !== null && problemOf(decideError).code === 'THE-014' && result === null ? null : decideError
  return { checks: data ?? [], deciding, decideError: shown, decide: (outcome) => { if (result !== null && !deciding) void keep(outcome, result) } }
}
