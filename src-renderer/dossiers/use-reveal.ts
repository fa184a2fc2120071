import { useEffect, useState } from 'react'
import type { DossierView } from '@contract/dossier'
import type { DossierId } from '@contract/ids'
import { api } from '../app/api'

/** How long numbers stay in clear. */
const SHOWN_MS = 30_000

export type Reveal = Readonly<{
  /** The dossier in clear, for a while. */
  view: DossierView | null
  error: unknown
  show(): void
  hide(): void
}>

/** Numbers in clear for half a minute; every look is written into the audit chain by the core. */
export function useReveal(dossierId: DossierId): Reveal {
  const [view, setView] = useState<DossierView | null>(null)
  const [error, setError] = useState<unknown>(null)
  useEffect(() => {
    if (view === null) return undefined
    const timer = setTimeout(() => setView(null), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [view])
  const show = (): void => {
    api.dossiers.reveal({ dossierId }).then((found) => { setError(null); setView(found) }, setError)
  }
  return { view, error, show, hide: () => setView(null) }
}
