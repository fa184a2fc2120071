import type { RemoteStatus } from '../ports'

export type RemoteState = RemoteStatus['kind']

/**
 * What services call the state of a transaction. Numbers as VNPT's `gettraninfo` gives them, words as its gateway and CSC v2 do.
 * What a service says beside this goes into its `RemoteConfig.states`.
 */
const STATES: Readonly<Record<string, RemoteState>> = {
  1: 'done', 4000: 'waiting', 4001: 'expired', 4002: 'refused', 4003: 'failed', 4004: 'failed',
  SUCCESS: 'done', PENDING: 'waiting', WAITING: 'waiting', EXPIRED: 'expired', REJECTED: 'refused', REFUSED: 'refused', FAILED: 'failed',
  ACCESS_DENIED: 'refused', EXPIRED_REQUEST: 'expired',
}

/** The state that the first known of these codes means; null when none is known. Case does not count. */
export function stateOf(codes: readonly (string | number | null | undefined)[], own: Readonly<Record<string, RemoteState>>): RemoteState | null {
  const table = new Map([...Object.entries(STATES), ...Object.entries(own)].map(([code, state]) => [code.toUpperCase(), state]))
  for (const code of codes) {
    const state = table.get(String(code ?? '').trim().toUpperCase())
    if (state) return state
  }
  return null
}
