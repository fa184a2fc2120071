import { createRequire } from 'node:module'

/** A slot, session or object as the native part names it. */
export type Handle = Buffer
export type Attribute = Readonly<{ type: number; value?: number | boolean | string | Buffer }>
export type Mechanism = Readonly<{ mechanism: number; parameter: Buffer | Readonly<{ type: number; hashAlg: number; mgf: number; saltLen: number }> | null }>
export type TokenFacts = Readonly<{ label: string; manufacturerID: string; model: string; serialNumber: string; flags: number; minPinLen: number; maxPinLen: number }>

/** What we use of the native part of npm `pkcs11js` 2.1.7. Every call blocks; errors carry a text `CKR_NAME:number` and nothing else. */
export type Native = {
  load(library: string): void
  C_Initialize(): void
  C_Finalize(): void
  C_GetInfo(): Readonly<{ manufacturerID: string; libraryDescription: string; libraryVersion: Readonly<{ major: number; minor: number }> }>
  C_GetSlotList(tokenPresent: boolean): Handle[]
  C_GetTokenInfo(slot: Handle): TokenFacts
  C_GetMechanismList(slot: Handle): number[]
  C_GetMechanismInfo(slot: Handle, mechanism: number): Readonly<{ minKeySize: number; maxKeySize: number }>
  C_OpenSession(slot: Handle, flags: number): Handle
  C_CloseSession(session: Handle): void
  C_Login(session: Handle, user: number, pin: string): void
  C_Logout(session: Handle): void
  C_SetPIN(session: Handle, pin: string, next: string): void
  C_FindObjectsInit(session: Handle, template: readonly Attribute[]): void
  C_FindObjects(session: Handle, most: number): Handle[]
  C_FindObjectsFinal(session: Handle): void
  C_GetAttributeValue(session: Handle, object: Handle, template: readonly Attribute[]): readonly Readonly<{ type: number; value: Buffer }>[]
  C_CreateObject(session: Handle, template: readonly Attribute[]): Handle
  C_DestroyObject(session: Handle, object: Handle): void
  C_GenerateKeyPair(session: Handle, mechanism: Mechanism, publicKey: readonly Attribute[], privateKey: readonly Attribute[]): Readonly<{ publicKey: Handle; privateKey: Handle }>
  C_SignInit(session: Handle, mechanism: Mechanism, key: Handle): void
  /** Writes into `signature` and answers how many bytes. */
  C_Sign(session: Handle, data: Buffer, signature: Buffer): number
}

/** Numbers of PKCS#11 v2.40. */
export const CKF = { serial: 0x4, rw: 0x2, writeProtected: 0x2, userPinSet: 0x8, tokenReady: 0x400, countLow: 0x10000, finalTry: 0x20000, locked: 0x40000, mustChange: 0x80000 } as const
export const CKR = {
  attributeSensitive: 0x11, attributeType: 0x12, attributeValue: 0x13, slotInvalid: 0x3, deviceError: 0x30, deviceRemoved: 0x32, pinIncorrect: 0xa0, templateIncomplete: 0xd0, templateInconsistent: 0xd1, tokenNotPresent: 0xe0, tokenNotRecognized: 0xe1,
  alreadyLoggedIn: 0x100, notLoggedIn: 0x101, alreadyInitialized: 0x191,
} as const
export const CKU = { user: 1, contextSpecific: 2 } as const
export const CKO = { certificate: 1, publicKey: 2, privateKey: 3 } as const
export const CKA = {
  class: 0x0, token: 0x1, private: 0x2, label: 0x3, value: 0x11, certificateType: 0x80, issuer: 0x81, serialNumber: 0x82, keyType: 0x100, subject: 0x101, id: 0x102, sensitive: 0x103, decrypt: 0x105,
  unwrap: 0x107, sign: 0x108, verify: 0x10a, encrypt: 0x104, wrap: 0x106, derive: 0x10c, modulus: 0x120, modulusBits: 0x121, publicExponent: 0x122, extractable: 0x162, ecParams: 0x180, ecPoint: 0x181,
  alwaysAuthenticate: 0x202,
} as const
export const CKK = { rsa: 0, ec: 3 } as const
export const CKM = {
  rsaKeyPair: 0x0, rsaPkcs: 0x1, rsaPss: 0xd, sha256RsaPkcs: 0x40, sha256RsaPss: 0x43, sha256: 0x250, ecKeyPair: 0x1040, ecdsa: 0x1041, ecdsaSha256: 0x1044,
} as const
/** How the native part calls the parameters of RSASSA-PSS; mask generation with SHA-256. */
export const PSS = { type: 5, mgf: 2 } as const

/** The driver answered with a CKR_ other than CKR_OK, or the native part could not make the call at all (`rv` null). */
export class CallFailed extends Error {
  override readonly name = 'CallFailed'
  constructor(readonly step: string, readonly rv: number | null) {
    super(rv === null ? step : `${step} 0x${rv.toString(16)}`)
  }
}

/** The return value in the text of an error of the native part. */
export function returnValue(error: unknown): number | null {
  const found = /CKR_[A-Z0-9_]+:(\d+)|:(\d+)$/u.exec(error instanceof Error ? error.message : '')
  return found ? Number(found[1] ?? found[2]) : null
}

/** The same functions, with `CallFailed` for errors. */
function named(native: Native): Native {
  return new Proxy(native, {
    get(target, name) {
      const found: unknown = Reflect.get(target, name)
      if (typeof found !== 'function' || typeof name !== 'string') return found
      return (...parameters: unknown[]): unknown => {
        try {
          return Reflect.apply(found, target, parameters)
        } catch (error) {
          throw new CallFailed(name, returnValue(error))
        }
      }
    },
  })
}

/** Loads the native part straight from its file, and the driver with it. @throws CallFailed whose `rv` is null when one of them does not load */
export function loadDriver(binding: string, library: string): Native {
  let native: Native
  try {
    const addon: unknown = createRequire(import.meta.url)(binding)
    const Pkcs11: unknown = typeof addon === 'object' && addon !== null ? Reflect.get(addon, 'PKCS11') : undefined
    if (typeof Pkcs11 !== 'function') throw new Error('another file')
    // The one place where the shape of the native class is taken on trust; the tests hold it to that.
    native = named(Reflect.construct(Pkcs11, []) as Native)
  } catch {
    throw new CallFailed('binding', null)
  }
  native.load(library)
  return native
}
