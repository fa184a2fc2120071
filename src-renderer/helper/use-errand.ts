import { createContext, useContext, useSyncExternalStore } from 'react'
import type { HelperContent } from '@contract/assist'
import type { Errand, ErrandState } from './errand-store'

export const ErrandContext = createContext<Errand | null>(null)

/** The draft in hand. */
export function useErrand(): Readonly<{ errand: Errand; state: ErrandState; content: HelperContent }> {
  const errand = useContext(ErrandContext)
  if (!errand) throw new Error('no draft in hand')
  const state = useSyncExternalStore(errand.subscribe, errand.get)
  return { errand, state, content: state.content }
}
