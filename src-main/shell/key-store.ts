import { safeStorage } from 'electron'

/** The operating system's key store. Null from either means: not here, use the other ways to the key. */
export interface KeyStore {
  /** For the screen "about": `windows`, `keychain`, the Linux back-end, or `none`. */
  readonly name: string
  wrap(bytes: Uint8Array): Promise<Uint8Array | null>
  unwrap(bytes: Uint8Array): Promise<Uint8Array | null>
}

/** What we use of Electron's `safeStorage`: the asynchronous calls, which 33 does not have, or the older ones, which 46 has no more. */
interface Store {
  getSelectedStorageBackend(): string
  isAsyncEncryptionAvailable?(): Promise<boolean>
  encryptStringAsync?(text: string): Promise<Buffer>
  decryptStringAsync?(wrapped: Buffer): Promise<{ result: string }>
  isEncryptionAvailable?(): boolean
  encryptString?(text: string): Buffer
  decryptString?(wrapped: Buffer): string
}

/**
 * Linux back-ends that protect nothing: `basic_text` wraps with a constant password.
 * `unknown` is said before the app is ready or when no desktop was recognised.
 */
const NO_PROTECTION: ReadonlySet<string> = new Set(['basic_text', 'unknown'])

/** Opens the key store. Call when the app is ready. */
export function openKeyStore(platform: NodeJS.Platform = process.platform, store: Store = safeStorage): KeyStore {
  const backend = platform === 'linux' ? store.getSelectedStorageBackend() : platform === 'darwin' ? 'keychain' : 'windows'
  if (NO_PROTECTION.has(backend)) return { name: 'none', wrap: async () => null, unwrap: async () => null }
  return { name: backend, wrap: (bytes) => wrap(store, bytes), unwrap: (bytes) => unwrap(store, bytes) }
}

async function wrap(store: Store, bytes: Uint8Array): Promise<Uint8Array | null> {
  const text = Buffer.from(bytes).toString('base64')
  try {
    if (store.encryptStringAsync) return (await store.isAsyncEncryptionAvailable?.()) === true ? await store.encryptStringAsync(text) : null
    return store.isEncryptionAvailable?.() === true ? (store.encryptString?.(text) ?? null) : null
  } catch {
    return null
  }
}

/** Null also for another Windows user, another machine or a damaged profile: by design, the recovery key is for that. */
async function unwrap(store: Store, bytes: Uint8Array): Promise<Uint8Array | null> {
  try {
    const text = store.decryptStringAsync ? (await store.decryptStringAsync(Buffer.from(bytes))).result : store.decryptString?.(Buffer.from(bytes))
    return text === undefined ? null : new Uint8Array(Buffer.from(text, 'base64'))
  } catch {
    return null
  }
}
