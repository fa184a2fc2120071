import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useState } from 'react'
import { classifyScan, type ScannedCode } from '@contract/codes'
import type { CodeSource } from '@contract/code-readers'
import type { TicketId } from '@contract/queue'
import { useMay, useSession } from '../app/session'
import { type CodeDesk, type CodeFacts, createCodeDesk, createSearchDoor, type SearchDoor, type Takers } from './desk'
import { type SlipInHand, type Tried, useElsewhere } from './elsewhere'
import { listenForCodes } from './listen'
import { followScans } from './stream'

export type { SlipInHand, Tried } from './elsewhere'
type Everywhere = Readonly<{
  desk: CodeDesk
  search: SearchDoor
  tried: Tried | null
  /** A number that was scanned and is to be chosen. */
  pointed: TicketId | null
  point(ticket: TicketId | null): void
  slip: SlipInHand | null
  rate(slip: SlipInHand | null): void
  /** Digest of a printed report that was scanned and is to be looked up. */
  report: string | null
  lookUp(digest: string | null): void
}>

const nothing = (): void => undefined
const NOBODY: Takers = { card: nothing, dossier: nothing, separator: nothing, procedure: nothing, ticket: nothing, 'rating-slip': nothing, report: nothing, 'self-test': nothing, unknown: nothing }
const Codes = createContext<Everywhere>({ desk: createCodeDesk(NOBODY), search: createSearchDoor(), tried: null, pointed: null, point: nothing, slip: null, rate: nothing, report: null, lookUp: nothing })

/** The one way of every code, whatever screen is open: from keys, the clipboard, readers of the core and the camera to whom it concerns. */
export function CodeRouter({ children }: { children: ReactNode }): ReactNode {
  const [search] = useState(createSearchDoor)
  const [tried, setTried] = useState<Tried | null>(null)
  const [pointed, point] = useState<TicketId | null>(null)
  const [slip, rate] = useState<SlipInHand | null>(null)
  const [report, lookUp] = useState<string | null>(null)
  const elsewhere = useElsewhere({ tried: setTried, point, rate, report: lookUp, search })
  const latest = useLatest(elsewhere)
  const [desk] = useState(() => createCodeDesk({
    card: (code, facts) => latest.current.card(code, facts), dossier: (code, facts) => latest.current.dossier(code, facts),
    separator: (code, facts) => latest.current.separator(code, facts), procedure: (code, facts) => latest.current.procedure(code, facts),
    ticket: (code, facts) => latest.current.ticket(code, facts), 'rating-slip': (code, facts) => latest.current['rating-slip'](code, facts),
    report: (code, facts) => latest.current.report(code, facts), 'self-test': (code, facts) => latest.current['self-test'](code, facts),
    unknown: (code, facts) => latest.current.unknown(code, facts),
  }))
  useSources(desk)
  const everywhere = useMemo<Everywhere>(() => ({ desk, search, tried, pointed, point, slip, rate, report, lookUp }), [desk, search, tried, pointed, slip, report])
  return <Codes.Provider value={everywhere}>{children}</Codes.Provider>
}

/** The value of the last drawing, for what is called later. */
function useLatest<T>(value: T): { readonly current: T } {
  const latest = useRef(value)
  useEffect(() => {
    latest.current = value
  })
  return latest
}

/** Keys, the clipboard and the readers of the core; silent while the screen is locked. */
function useSources(desk: CodeDesk): void {
  const { data: session } = useSession()
  const receives = useMay('receive')
  const on = session?.locked === false
  useEffect(() => {
    if (!on) return undefined
    const wanted = (kind: ScannedCode['kind']): boolean => receives || kind === 'separator' || kind === 'procedure' || kind === 'report' || kind === 'self-test'
    const take = (code: ScannedCode, facts: CodeFacts): void => {
      if (wanted(code.kind)) desk.route(code, facts)
    }
    const abort = new AbortController()
    const stop = listenForCodes(window, {
      wanted,
      deliver: (code, { inputMethod }) => take(code, { source: 'keyboard', inputMethod }),
      pasted: (text, inField) => {
        const code = classifyScan(text)
        // Only a card is never meant as text. A text of many lines is nobody's code.
        if (!wanted(code.kind) || (code.kind !== 'card' && (inField || (code.kind === 'unknown' && /\n./u.test(text.trim()))))) return false
        take(code, { source: 'clipboard', inputMethod: false })
        return true
      },
    })
    if (receives) void followScans(abort.signal, ({ text, source }) => take(classifyScan(text), { source, inputMethod: false }))
    return () => {
      abort.abort()
      stop()
    }
  }, [desk, on, receives])
}

/** Cards go to this screen while it is shown, instead of opening a new intake. */
export function useCardTaker(take: (text: string) => void): void {
  const { desk } = useContext(Codes)
  const latest = useLatest(take)
  useEffect(() => desk.take({ card: ({ text }) => latest.current(text) }), [desk, latest])
}

/** Codes of receipts go to this screen while it is shown, instead of opening the dossier. */
export function useDossierTaker(take: (code: string) => void): void {
  const { desk } = useContext(Codes)
  const latest = useLatest(take)
  useEffect(() => desk.take({ dossier: ({ code }) => latest.current(code) }), [desk, latest])
}

/** Separator sheets go to this screen while it is shown. `component`: the code of the paper that follows; null where the sheet only parts. */
export function useSeparator(take: (component: string | null) => void): void {
  const { desk } = useContext(Codes)
  const latest = useLatest(take)
  useEffect(() => desk.take({ separator: ({ component }) => latest.current(component) }), [desk, latest])
}

/** Hands a text that was read from a code to whom it concerns, as if a reader had sent it. */
export function useRouteCode(): (text: string, source: CodeSource) => void {
  const { desk } = useContext(Codes)
  return useMemo(() => (text, source) => desk.route(classifyScan(text), { source, inputMethod: false }), [desk])
}

/** The search box takes what nobody knows, and codes of dossiers that are not here. */
export function useSearchTaker(take: (text: string) => void): void {
  const { search } = useContext(Codes)
  const latest = useLatest(take)
  useEffect(() => search.open((text) => latest.current(text)), [search, latest])
}

/** The self-test as it came last; null before the first. */
export const useTried = (): Tried | null => useContext(Codes).tried

/** A number that was scanned: `take` chooses it and forgets the scan. Null while none is waiting. */
export function usePointedTicket(): Readonly<{ ticket: TicketId; take(): void }> | null {
  const { pointed, point } = useContext(Codes)
  return useMemo(() => (pointed === null ? null : { ticket: pointed, take: () => point(null) }), [pointed, point])
}

/** The rating slip that was scanned, until `close`. */
export function useSlipInHand(): Readonly<{ slip: SlipInHand | null; close(): void }> {
  const { slip, rate } = useContext(Codes)
  return { slip, close: () => rate(null) }
}

/** The printed report that was scanned, by its digest, until `close`. */
export function useReportInHand(): Readonly<{ digest: string | null; close(): void }> {
  const { report, lookUp } = useContext(Codes)
  return { digest: report, close: () => lookUp(null) }
}
