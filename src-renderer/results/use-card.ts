import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ChipReading } from '@contract/chip'
import type { DossierId } from '@contract/ids'
import { api, type Problem, problemOf } from '../app/api'
import { useShortcut } from '../app/shortcuts'
import { mayFill, resultsOfReading } from '../chip/marks'
import { useCounter, useCounterState } from '../chip/use-counter'
import { useCardTaker } from '../codes/router'
import { useAnnounce } from '../parts'
import type { CardSeen } from './form'

export type CardInHand = Readonly<{ reading: ChipReading | null; working: boolean; problem: Problem | null; doubtful: boolean }>

/**
 * The card of whoever collects: its QR is compared with the people of the dossier, and its chip is read when it lies on the reader (F7: again).
 * A chip whose contents were changed says nothing about anybody.
 */
export function useCollectorCard(dossierId: DossierId, onSeen: (seen: CardSeen) => void): CardInHand {
  const { t } = useTranslation('results')
  const { say } = useAnnounce()
  const counter = useCounter()
  const result = useCounterState((state) => (state.draft === null ? state.result : null))
  const work = useCounterState((state) => state.work.kind)
  const ofChip = useCounterState((state) => (state.work.kind === 'failed' ? state.work.problem : null))
  const [problem, setProblem] = useState<Problem | null>(null)
  const taken = useRef<string | null>(null)
  const seen = useRef(onSeen)
  useEffect(() => { seen.current = onSeen })

  const tell = async (name: string, idNumber: string, reading: CardSeen['reading']): Promise<void> => {
    try {
      const person = await api.results.isWho({ dossierId, idNumber })
      seen.current({ role: person?.role ?? null, name: person?.name ?? name, idNumber, reading })
      say(t(person ? 'card.is' : 'card.other', { name: person?.name ?? name }))
      setProblem(null)
    } catch (failure) {
      setProblem(problemOf(failure))
    }
  }
  const latest = useRef(tell)
  useEffect(() => { latest.current = tell })

  useCardTaker((text) => {
    const read = async (): Promise<void> => {
      try {
        const { person, issuedAt } = await api.identity.readQr({ text })
        counter.scanned({ idNumber: person.idNumber, birthDate: person.birthDate, issuedAt }, 'applicant', null)
        await latest.current(person.fullName, person.idNumber, null)
      } catch (failure) {
        setProblem(problemOf(failure))
      }
    }
    void read()
  })
  // The next citizen's card, and the intake's, is another one's.
  useEffect(() => {
    counter.reset()
    return () => counter.reset()
  }, [counter, dossierId])
  useEffect(() => {
    if (result === null || taken.current === result.reading.id) return
    taken.current = result.reading.id
    const { person, id } = result.reading
    if (person.idNumber !== null && mayFill(resultsOfReading(result.reading))) void latest.current(person.fullName, person.idNumber, id)
  }, [result])
  useShortcut('F7', t('card.read'), () => {
    const { key, who } = counter.get()
    if (key !== null) counter.read(key, { who })
    else say(t('card.scanFirst'))
  })
  return { reading: result?.reading ?? null, working: work === 'reading', problem: problem ?? ofChip, doubtful: result !== null && !mayFill(resultsOfReading(result.reading)) }
}
