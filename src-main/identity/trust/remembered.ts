import type { SignatureState } from './signature'

const MOST = 512
const results = new Map<string, SignatureState>()

/**
 * The result of checking one signature, worked out once. The key names both sides by the SHA-256 of their whole bytes, so that the answer can be no
 * other the next time; what is trusted, in force or revoked is judged anew each time.
 */
export function remembered(key: string, check: () => SignatureState): SignatureState {
  const known = results.get(key)
  if (known !== undefined) return known
  if (results.size === MOST) for (const oldest of [...results.keys()].slice(0, 1)) results.delete(oldest)
  const state = check()
  results.set(key, state)
  return state
}
