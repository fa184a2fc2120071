import { z } from 'zod'
import { KeyKind, PinState, SIGNATURE_SCHEMES, SignatureScheme } from '@contract/signing'

/**
 * What the core and a driver's process say to each other. A driver is somebody else's code: what its process says is checked like
 * anything else that comes from outside. A PIN goes one way, as bytes, in the one message that needs it.
 */

const Bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array)
/** Longer than any PIN (PKCS#11 tells 255 at most in practice), in bytes of UTF-8. */
const Pin = Bytes.refine((bytes) => bytes.length <= 256)
const KeyId = z.string().regex(/^(?:[0-9a-f]{2}){1,64}$/)
/** One token: the slot as its driver names it, and what shows that it is still the same token. */
const Place = z.object({ slot: z.string().max(32), serial: z.string().max(64), label: z.string().max(64) })
export type Place = z.infer<typeof Place>
const Label = z.string().min(1).max(100)

export const DriverCall = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('open'), binding: z.string().min(1), library: z.string().min(1) }),
  z.object({ kind: z.literal('list') }),
  z.object({ kind: z.literal('certificates'), at: Place }),
  z.object({ kind: z.literal('generate'), at: Place, pin: Pin, key: KeyKind, keyId: KeyId, label: Label }),
  z.object({ kind: z.literal('public-key'), at: Place, pin: Pin, keyId: KeyId }),
  z.object({ kind: z.literal('sign'), at: Place, pin: Pin, keyId: KeyId, scheme: SignatureScheme, pieces: z.array(Bytes).min(1).max(500) }),
  /** With the fields of the certificate that PKCS#11 wants beside it (§4.6.3): DER. */
  z.object({ kind: z.literal('store'), at: Place, pin: Pin, keyId: KeyId, label: Label, certificate: Bytes, subject: Bytes, issuer: Bytes, serial: Bytes, spki: Bytes }),
  z.object({ kind: z.literal('change-pin'), at: Place, pin: Pin, next: Pin }),
  z.object({ kind: z.literal('discard'), at: Place, pin: Pin, keyId: KeyId }),
  z.object({ kind: z.literal('close') }),
])
export type DriverCall = z.infer<typeof DriverCall>
export const ToDriver = z.object({ id: z.number().int(), call: DriverCall })
export type ToDriver = z.infer<typeof ToDriver>

/** A token as its driver tells it now. */
export const SlotToken = z.object({
  slot: z.string().max(32), label: z.string().max(64), serial: z.string().max(64), maker: z.string().max(64), model: z.string().max(64),
  pin: PinState, triesLeft: z.number().int().nullable(), pinLength: z.object({ least: z.number().int(), most: z.number().int() }),
  readOnly: z.boolean(), schemes: z.array(z.enum(SIGNATURE_SCHEMES)), keys: z.array(KeyKind),
})
export type SlotToken = z.infer<typeof SlotToken>
const StoredCertificate = z.object({ keyId: z.string().max(256), certificate: Bytes, hasKey: z.boolean() })
export type StoredCertificate = z.infer<typeof StoredCertificate>

/** What each call answers. */
export const DriverAnswer = {
  open: z.object({ maker: z.string(), description: z.string(), version: z.string() }),
  list: z.array(SlotToken).max(64),
  certificates: z.array(StoredCertificate).max(200),
  generate: Bytes,
  'public-key': Bytes.nullable(),
  sign: z.array(Bytes),
  store: z.null(),
  'change-pin': z.null(),
  discard: z.null(),
  close: z.null(),
} as const satisfies Record<DriverCall['kind'], z.ZodType>
export type DriverAnswers = { [Kind in DriverCall['kind']]: z.infer<(typeof DriverAnswer)[Kind]> }

/** Why a call came to nothing where no CKR_ says it. */
export const FailureWord = z.enum(['unloadable', 'other-token', 'no-key', 'no-mechanism', 'key-in-use', 'key-leaks', 'malformed'])
export type FailureWord = z.infer<typeof FailureWord>
/** `rv` is the CKR_ of the function named by `step`; `pin` the state of the PIN afterwards, where it was asked for. */
export const Failure = z.object({ word: FailureWord.nullable(), rv: z.number().int().nullable(), step: z.string().max(60), pin: PinState.nullable() })
export type Failure = z.infer<typeof Failure>

export const FromDriver = z.discriminatedUnion('ok', [
  z.object({ id: z.number().int(), ok: z.literal(true), value: z.unknown() }),
  z.object({ id: z.number().int(), ok: z.literal(false), failure: Failure }),
])
export type FromDriver = z.infer<typeof FromDriver>
