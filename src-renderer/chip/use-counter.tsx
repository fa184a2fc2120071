import { useQuery } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from 'react'
import { api } from '../app/api'
import { keys } from '../app/queries'
import { type Counter, type CounterDeps, type CounterState, createCounter } from './counter'
import { cardOn } from './readers'

const coreCalls: CounterDeps = {
  read: (input, signal) => api.chip.read(input, { signal }),
  face: (readingId) => api.chip.face({ readingId }),
  pictures: { make: (blob) => URL.createObjectURL(blob), drop: (url) => URL.revokeObjectURL(url) },
  now: () => Date.now(),
  pause: (ms) => new Promise((resolve) => { setTimeout(resolve, ms) }),
}

const CounterContext = createContext<Counter | null>(null)

/** Readers, their cards and what keeps them from working; asked again whenever the core says that they changed. */
export const useReaders = () => useQuery({ queryKey: keys.readers, queryFn: () => api.readers.list() })

/** Holds the one hand on the card reader for every screen, and tells it when cards come and go. */
export function CounterProvider({ children }: { children: ReactNode }): ReactNode {
  const [counter] = useState(() => createCounter(coreCalls))
  const { data } = useReaders()
  const card = cardOn(data)
  useEffect(() => counter.cardIs(card), [counter, card])
  useEffect(() => () => counter.reset(), [counter])
  return <CounterContext.Provider value={counter}>{children}</CounterContext.Provider>
}

/** The counter itself. Only inside the frame. */
export function useCounter(): Counter {
  const counter = useContext(CounterContext)
  if (!counter) throw new Error('no counter around this screen')
  return counter
}

/** A part of how the counter stands; drawn again only when that part is another. `select` must not make new objects. */
export function useCounterState<T>(select: (state: CounterState) => T): T {
  const counter = useCounter()
  return useSyncExternalStore(counter.subscribe, () => select(counter.get()))
}
