import { useSyncExternalStore } from 'react'
import type { DraftId } from '@contract/ids'

const NONE: ReadonlySet<string> = new Set()
const refused = new Map<DraftId, ReadonlySet<string>>()
const listeners = new Set<() => void>()

function set(draftId: DraftId, next: ReadonlySet<string>): void {
  refused.set(draftId, next)
  listeners.forEach((listener) => listener())
}

const subscribe = (changed: () => void): (() => void) => {
  listeners.add(changed)
  return () => void listeners.delete(changed)
}

/** What the officer does not want to see again of a draft; forgotten when the window closes. */
export function useRefusals(draftId: DraftId): readonly [ReadonlySet<string>, (key: string, on: boolean) => void] {
  const now = useSyncExternalStore(subscribe, () => refused.get(draftId) ?? NONE)
  return [now, (key, on) => {
    const before = refused.get(draftId) ?? NONE
    set(draftId, new Set(on ? [...before, key] : [...before].filter((other) => other !== key)))
  }]
}
