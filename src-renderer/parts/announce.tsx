import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react'
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
  const { t } = useTranslation('common')
  const [words, setWords] = useState('')
  const [toasts, setToasts] = useState<readonly Toast[]>([])
  const drop = useCallback((id: number) => setToasts((now) => now.filter((toast) => toast.id !== id)), [])
  const announcer = useMemo<Announcer>(() => ({
    say: setWords,
    toast: (text, act) => {
      const id = (lastId += 1)
      setToasts((now) => [...now.slice(-2), { id, words: text, act }])
      setTimeout(() => drop(id), TOAST_MS)
    },
  }), [drop])
  return (
    <Announce.Provider value={announcer}>
      {children}
      <div className="sr" role="status" aria-live="polite">{words}</div>
      <div className="col" style={{ position: 'fixed', right: 16, bottom: 48, gap: 8, zIndex: 400 }} role="status" aria-live="polite">
        {toasts.map((toast) => (
          <div key={toast.id} className="card row" style={{ padding: '10px 14px', boxShadow: 'var(--mc-pop)', maxWidth: 420 }}>
            <span className="grow">{toast.words}</span>
            {toast.act && <button type="button" className="btn sm" onClick={() => { toast.act?.run(); drop(toast.id) }}>{toast.act.label}</button>}
            <button type="button" className="btn ghost sm" onClick={() => drop(toast.id)}>{t('close')}</button>
          </div>
        ))}
      </div>
    </Announce.Provider>
  )
}

export const useAnnounce = (): Announcer => useContext(Announce)
