import { useNavigate } from '@tanstack/react-router'
import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { classifyScan, type ScannedCode } from '@contract/codes'
import type { CodeSource } from '@contract/code-readers'
import { judgeReader, type ReaderReport, SAMPLE_DOSSIER_CODE } from '@contract/reader-test'
import { api, problemOf } from '../app/api'
import { useMay, useSession } from '../app/session'
import { useAnnounce } from '../parts'
import { type CodeDesk, type CodeFacts, createCodeDesk, createSearchDoor, type SearchDoor, type Takers } from './desk'
import { dossierOf } from './dossier-of'
import { isTyping, listenForCodes } from './listen'
import { followScans } from './stream'

/** The sheet that readers are tried with, as it came last. */
export type Tried = Readonly<{ report: ReaderReport; source: CodeSource; at: Date }>
type Everywhere = Readonly<{ desk: CodeDesk; tried: Tried | null; search: SearchDoor }>

const NOBODY: Takers = { card: () => undefined, dossier: () => undefined, separator: () => undefined, procedure: () => undefined, ticket: () => undefined, 'self-test': () => undefined, unknown: () => undefined }
const Codes = createContext<Everywhere>({ desk: createCodeDesk(NOBODY), tried: null, search: createSearchDoor() })

/** The one way of every code, whatever screen is open: from keys, the clipboard, readers of the core and the camera to whom it concerns. */
export function CodeRouter({ children }: { children: ReactNode }): ReactNode {
  const [search] = useState(createSearchDoor)
  const [tried, setTried] = useState<Tried | null>(null)
  const elsewhere = useElsewhere(setTried, search)
  const latest = useLatest(elsewhere)
  const [desk] = useState(() => createCodeDesk({
    card: (code, facts) => latest.current.card(code, facts), dossier: (code, facts) => latest.current.dossier(code, facts),
    separator: (code, facts) => latest.current.separator(code, facts), procedure: (code, facts) => latest.current.procedure(code, facts),
    ticket: (code, facts) => latest.current.ticket(code, facts), 'self-test': (code, facts) => latest.current['self-test'](code, facts),
    unknown: (code, facts) => latest.current.unknown(code, facts),
  }))
  useSources(desk)
  const everywhere = useMemo<Everywhere>(() => ({ desk, tried, search }), [desk, tried, search])
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

/** What happens with codes that no screen takes. */
function useElsewhere(setTried: (tried: Tried) => void, search: SearchDoor): Takers {
  const { t } = useTranslation('codes')
  const navigate = useNavigate()
  const { say, toast } = useAnnounce()
  const seek = (text: string) => ({ label: t('route.search'), run: () => void search.seek(text) })
  const openDossier = async (code: string): Promise<void> => {
    if (code === SAMPLE_DOSSIER_CODE) return toast(t('route.sample'))
    try {
      const found = dossierOf(await api.dossiers.search({ query: code, limit: 5 }), code)
      if (found === null) return toast(t('route.noDossier', { code }), seek(code))
      say(t('route.opened', { code: found.code }))
      await navigate({ to: '/dossiers/$dossierId', params: { dossierId: found.id } })
    } catch (error) {
      const { code: fault, params } = problemOf(error)
      toast(t(`${fault}.what`, { ns: 'errors', reference: '–', ...params }), seek(code))
    }
  }
  return {
    card: ({ text }) => void navigate({ to: '/intake', search: { card: text } }),
    dossier: ({ code }) => void openDossier(code),
    separator: () => toast(t('route.separator')),
    procedure: ({ code }) => void navigate({ to: '/guide', search: { q: code } }),
    ticket: () => void navigate({ to: '/' }),
    'self-test': ({ text }, { source, inputMethod }) => {
      setTried({ report: judgeReader(text, source, inputMethod), source, at: new Date() })
      void navigate({ to: '/settings', hash: 'codes' })
    },
    unknown: ({ text }) => {
      if (text === '' || (!isTyping(document.activeElement) && search.seek(text))) return
      toast(t('route.unknown', { text }))
    },
  }
}

/** Keys, the clipboard and the readers of the core; silent while the screen is locked. */
function useSources(desk: CodeDesk): void {
  const { data: session } = useSession()
  const receives = useMay('receive')
  const on = session?.locked === false
  useEffect(() => {
    if (!on) return undefined
    const wanted = (kind: ScannedCode['kind']): boolean => receives || kind === 'separator' || kind === 'procedure' || kind === 'self-test'
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
