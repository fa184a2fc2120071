import { useCallback, useRef, useState } from 'react'
import type { GivenTicket, QueueGroup, TicketId } from '@contract/queue'
import { hallBridge, setLarge, speakLanguage } from '../hall'
import { kiosk, type Rating, type Scanned } from './client'
import { problemOf } from './problem'
import { type Letter, START, type Step } from './steps'

export type Flow = Readonly<{
  step: Step
  /** Something was asked of the core and is not answered yet. */
  busy: boolean
  go(step: Step): void
  /** The start, in the house's language and type, for whoever comes next. */
  home(): void
  take(letter: Letter, group: QueueGroup): void
  printAgain(ticket: GivenTicket): void
  scan(text: string): void
  comeBack(ticket: TicketId): void
  rate(slip: string, rating: Rating): void
  ask(words: string): void
}>

function afterScan(found: Scanned): Step {
  if (found.kind === 'ticket') return { at: 'ticket', found }
  if (found.kind === 'unknown') return { at: 'told', what: 'unknown' }
  return found.rated ? { at: 'told', what: 'rated' } : { at: 'rate', slip: found.slip, subject: found.subject }
}

/** The steps of one citizen, and what each asks of the core. */
export function useFlow(): Flow {
  const [step, setStep] = useState<Step>(START)
  const [busy, setBusy] = useState(false)
  /** Names the last question: what answers an older one comes too late. */
  const asked = useRef(0)

  const go = useCallback((next: Step) => {
    asked.current += 1
    setBusy(false)
    setStep(next)
  }, [])
  const home = useCallback(() => {
    go(START)
    setLarge(false)
    void speakLanguage(hallBridge?.language ?? 'vi')
  }, [go])
  const then = useCallback((answer: Promise<Step>) => {
    const mine = (asked.current += 1)
    setBusy(true)
    answer.catch((error: unknown): Step => ({ at: 'problem', problem: problemOf(error) })).then((next) => {
      if (mine === asked.current) go(next)
    }, () => undefined)
  }, [go])
  const scan = useCallback((text: string) => then(kiosk.scan(text).then(afterScan)), [then])

  return {
    step, busy, go, home, scan,
    take: (letter, group) => then(kiosk.take(letter, group).then((ticket) => ({ at: 'given', ticket }))),
    printAgain: (ticket) => then(kiosk.printAgain(ticket.ticket).then((printed) => ({ at: 'given', ticket: { ...ticket, printed } }))),
    comeBack: (ticket) => then(kiosk.comeBack(ticket).then((again) => ({ at: 'back', ...again }))),
    rate: (slip, rating) => then(kiosk.rate(slip, rating).then(() => ({ at: 'told', what: 'thanks' }))),
    ask: (words) => then(kiosk.ask(words).then((answers) => ({ at: 'answers', words, answers }))),
  }
}
