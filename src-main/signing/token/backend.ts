import type { KeyKind, SignatureScheme } from '@contract/signing'
import type { ErrorCode } from '@contract/errors'
import type { Place, SlotToken, StoredCertificate } from './protocol'

/** A PIN as bytes; whoever takes it wipes it. */
export type Pin = Uint8Array

/** What keeps tokens: a driver in its own process, or the simulated tokens of practice mode. Errors are AppErrors KS-02x and KS-12x. */
export type Backend = Readonly<{
  id: string
  name: string
  path: string
  found: 'known' | 'setting' | 'simulated'
  running(): boolean
  /** A call is under way: looking again would wait for it. */
  busy(): boolean
  list(): Promise<readonly SlotToken[]>
  certificates(at: Place): Promise<readonly StoredCertificate[]>
  generate(at: Place, pin: Pin, wish: Readonly<{ key: KeyKind; keyId: string; label: string }>): Promise<Uint8Array>
  publicKey(at: Place, pin: Pin, keyId: string): Promise<Uint8Array | null>
  sign(at: Place, pin: Pin, wish: Readonly<{ keyId: string; scheme: SignatureScheme; pieces: readonly Uint8Array[] }>): Promise<readonly Uint8Array[]>
  store(at: Place, pin: Pin, wish: Readonly<{ keyId: string; certificate: Uint8Array; label: string }>): Promise<void>
  changePin(at: Place, pin: Pin, next: Pin): Promise<void>
  discard(at: Place, pin: Pin, keyId: string): Promise<void>
  close(): Promise<void>
}>

export type Trouble = Readonly<{ driver: string; code: ErrorCode }>
