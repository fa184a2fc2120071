import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'

type Toast = Readonly<{ id: number; words: string; act?: { label: string; run: () => void } | undefined }>
type Announcer = Readonly<{
  /** Says something done to screen readers; the changed place on the screen shows it to the eye. */
  say(words: string): void
  /** For what finished elsewhere, or to offer an undo: eight seconds, stays while pointed at. Never an error. */
  toast(words: string, act?: { label: string; run: () => void }): void
}>

const Announce = createContext<Announcer>({ say: () => undefined, toast: () => undefined })
const TOAST_MS = 8000
let lastId = 0

/** The polite voice of the window and its toasts. */
export function AnnounceProvider({ children }: { children: ReactNode }): ReactNode {
  const [words, setWords] = useState('')
  const [toasts, setToasts] = useState<readonly Toast[]>([])
  const drop = useCallback((id: number) => setToasts((now) => now.filter((toast) => toast.id !== id)), [])
  const announcer = useMemo<Announcer>(() => ({
    say: setWords,
    toast: (text, act) => {
      const id = (lastId += 1)
      setToasts((now) => [...now.slice(-2), { id, words: text, act }])
    },
  }), [])
  return (
    <Announce.Provider value={announcer}>
      {children}
      <div className="sr" role="status" aria-live="polite">{words}</div>
      <div className="col" style={{ position: 'fixed', right: 16, bottom: 48, gap: 8, zIndex: 400 }} role="status" aria-live="polite">
        {toasts.map((toast) => <ToastCard key={toast.id} toast={toast} onDrop={drop} />)}
      </div>
    </Announce.Provider>
  )
}

function ToastCard({ toast, onDrop }: { toast: Toast; onDrop: (id: number) => void }): ReactNode {
  const { t } = useTranslation('common')
  const [held, setHeld] = useState(false)
  const { id, words, act } = toast
  useEffect(() => {
    if (held) return
    const timer = setTimeout(() => onDrop(id), TOAST_MS)
    return () => clearTimeout(timer)
  }, [held, id, onDrop])
  return (
    <div
      className="card row" style={{ padding: '10px 14px', boxShadow: 'var(--mc-pop)', maxWidth: 420 }}
      onPointerEnter={() => setHeld(true)} onPointerLeave={() => setHeld(false)} onFocus={() => setHeld(true)} onBlur={() => setHeld(false)}
    >
      <span className="grow">{words}</span>
      {act && <button type="button" className="btn sm" onClick={() => { act.run(); onDrop(id) }}>{act.label}</button>}
      <button type="button" className="btn ghost sm" onClick={() => onDrop(id)}>{t('close')}</button>
    </div>
  )
}

export const useAnnounce = (): Announcer => useContext(Announce)
