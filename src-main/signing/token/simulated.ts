import { constants, createPrivateKey, generateKeyPair, type KeyObject, sign } from 'node:crypto'
import { promisify } from 'node:util'
import { AppError } from '@contract/errors'
import { signingErrors } from '@contract/errors/signing'
import type { KeyKind, OfferedNote, SignatureScheme } from '@contract/signing'
import { parseCertificate } from '../../identity/pki'
import type { Backend, Pin } from './backend'
import type { Place, SlotToken } from './protocol'
import { type KeyEntry, MODELS, openSimulatedStore, seal, type SimulatedToken, TRIES, unseal } from './simulated-store'

const NAME = 'Mô phỏng'
/** A simulated token that can be plugged in. `pin` is the one that it came with, told to whoever practises; null once it was changed. */
export type Offered = Readonly<{ id: string; serial: string; label: string; pin: string | null; plugged: boolean; note: OfferedNote }>
export type SimulatedTokens = Backend & Readonly<{
  offered(): readonly Offered[]
  /** By id or serial number. @throws AppError KS-021 */
  plug(token: string, plugged: boolean): void
}>

/** Tokens that are in no socket, for practice mode: keys by this machine, states as real ones have them. `file` lies in the practice data. */
export function simulatedTokens(file: string): SimulatedTokens {
  const store = openSimulatedStore(file)
  /** @throws AppError KS-022 when it was pulled out */
  const there = ({ serial }: Place): SimulatedToken => {
    const token = store.find(serial)
    if (!token?.plugged) throw refused(signingErrors.tokenRemoved)
    return token
  }
  /** The try is counted before the PIN is looked at, as on a card: pulling the plug spends it. @throws AppError KS-023, KS-024 */
  const opened = (at: Place, pin: Pin): SimulatedToken => {
    const token = there(at)
    if (token.triesLeft === 0) throw refused(signingErrors.pinBlocked)
    store.change(token.serial, { triesLeft: token.triesLeft - 1 })
    if (unseal(pin, token.lock) === null) {
      const after = pinState({ ...token, triesLeft: token.triesLeft - 1 })
      throw after === 'blocked' ? refused(signingErrors.pinBlocked) : new AppError(signingErrors.pinWrong, { driver: NAME, pin: after })
    }
    store.change(token.serial, { triesLeft: TRIES })
    return token
  }
  /** Opened for work: a transport PIN allows nothing but being changed. */
  const working = (at: Place, pin: Pin, writes: boolean): SimulatedToken => {
    const token = opened(at, pin)
    if (token.mustChange) throw refused(signingErrors.pinMustChange)
    if (writes && token.readOnly) throw refused(signingErrors.tokenReadOnly)
    return token
  }
  const keyIn = (token: SimulatedToken, keyId: string): KeyEntry => {
    const found = token.keys.find((key) => key.keyId === keyId)
    if (!found) throw refused(signingErrors.noKey)
    return found
  }

  return {
    id: 'simulated', name: NAME, path: '', found: 'simulated',
    running: () => true,
    busy: () => false,
    close: async () => undefined,
    list: async () => store.tokens().filter(({ plugged }) => plugged).map(shown),
    certificates: async (at) => {
      const { keys, certificates } = there(at)
      return certificates.map(({ keyId, der }) => ({ keyId, certificate: bytesOf(der), hasKey: keys.some((key) => key.keyId === keyId) }))
    },
    generate: (at, pin, { key, keyId, label }) => wiping([pin], async () => {
      const token = working(at, pin, true)
      const known = token.keys.find((entry) => entry.keyId === keyId)
      if (known) return bytesOf(known.spki)
      if (token.keys.length >= token.room) throw refused(signingErrors.tokenFull)
      const { publicKey, privateKey } = await pairOf(key)
      const spki = publicKey.export({ type: 'spki', format: 'der' })
      const sealed = seal(pin, privateKey.export({ type: 'pkcs8', format: 'der' }))
      // It may have been pulled out meanwhile: then it has made nothing.
      store.change(at.serial, { keys: [...there(at).keys, { keyId, key, label, spki: spki.toString('base64'), sealed }] })
      return new Uint8Array(spki)
    }),
    publicKey: (at, pin, keyId) => wiping([pin], () => {
      const found = working(at, pin, false).keys.find((key) => key.keyId === keyId)
      return found ? bytesOf(found.spki) : null
    }),
    sign: (at, pin, { keyId, scheme, pieces }) => wiping([pin], async () => {
      const entry = keyIn(working(at, pin, false), keyId)
      if ((entry.key === 'p-256') !== (scheme === 'ecdsa-p256')) throw refused(signingErrors.noMechanism)
      const pkcs8 = unseal(pin, entry.sealed)
      if (!pkcs8) throw refused(signingErrors.driverFailed)
      const key = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' })
      pkcs8.fill(0)
      const signatures: Uint8Array[] = []
      for (const piece of pieces) {
        there(at)
        signatures.push(signed(piece, key, scheme))
        // Lets "pulled out" come in between, and the window stay awake.
        await new Promise((done) => setImmediate(done))
      }
      return signatures
    }),
    store: (at, pin, { keyId, certificate, label }) => wiping([pin], () => {
      const token = working(at, pin, true)
      const { spki } = keyIn(token, keyId)
      if (!Buffer.from(parseCertificate(certificate).spki.raw).equals(Buffer.from(spki, 'base64'))) throw refused(signingErrors.noKey)
      const der = Buffer.from(certificate).toString('base64')
      if (token.certificates.some((kept) => kept.keyId === keyId && kept.der === der)) return
      store.change(token.serial, { certificates: [...token.certificates, { keyId, label, der }] })
    }),
    changePin: (at, pin, next) => wiping([pin, next], () => {
      const token = opened(at, pin)
      const keys = token.keys.map((key) => ({ ...key, sealed: seal(next, unseal(pin, key.sealed) ?? new Uint8Array()) }))
      store.change(token.serial, { keys, lock: seal(next, Buffer.alloc(16, 1)), mustChange: false, pinChanged: true })
    }),
    discard: (at, pin, keyId) => wiping([pin], () => {
      const token = working(at, pin, true)
      if (token.certificates.some((kept) => kept.keyId === keyId)) throw refused(signingErrors.keyInUse)
      store.change(token.serial, { keys: token.keys.filter((key) => key.keyId !== keyId) })
    }),
    offered: () => store.tokens().map((token) => {
      const { serial, label, plugged, pinChanged } = token
      return { id: `simulated/${serial}`, serial, label, plugged, note: noteOf(token), pin: pinChanged ? null : (MODELS.find((one) => one.serial === serial)?.pin ?? null) }
    }),
    plug: (token, plugged) => {
      const serial = token.replace(/^simulated\//u, '')
      if (!store.find(serial)) throw new AppError(signingErrors.noToken)
      store.change(serial, { plugged })
    },
  }
}

const refused = (code: ConstructorParameters<typeof AppError>[0]): AppError => new AppError(code, { driver: NAME })
const bytesOf = (base64: string): Uint8Array => new Uint8Array(Buffer.from(base64, 'base64'))

/** The PIN is wiped whatever comes; errors come as rejections, as from a driver. */
async function wiping<T>(pins: readonly Pin[], work: () => T | Promise<T>): Promise<T> {
  try {
    return await work()
  } finally {
    for (const pin of pins) pin.fill(0)
  }
}

function pinState({ triesLeft, mustChange }: SimulatedToken): SlotToken['pin'] {
  if (triesLeft === 0) return 'blocked'
  if (triesLeft === 1) return 'final-try'
  if (triesLeft < TRIES) return 'last-tries'
  return mustChange ? 'must-change' : 'ok'
}

/** The gravest first. */
function noteOf({ triesLeft, mustChange, readOnly, keys, room }: SimulatedToken): OfferedNote {
  if (triesLeft === 0) return 'blocked'
  if (triesLeft < TRIES) return 'few-tries'
  if (mustChange) return 'new'
  if (readOnly) return 'read-only'
  return keys.length >= room ? 'full' : 'ready'
}

const shown = (token: SimulatedToken): SlotToken => ({
  slot: token.serial.slice(-4), label: token.label, serial: token.serial, maker: 'Một Cửa', model: NAME, pin: pinState(token), triesLeft: token.triesLeft, pinLength: { least: 6, most: 16 },
  readOnly: token.readOnly, schemes: ['rsa-pss', 'rsa-pkcs1', 'ecdsa-p256'], keys: ['rsa-2048', 'rsa-3072', 'p-256'],
})

const generateRsa = promisify(generateKeyPair)
const pairOf = (key: KeyKind): Promise<Readonly<{ publicKey: KeyObject; privateKey: KeyObject }>> =>
  key === 'p-256' ? generateRsa('ec', { namedCurve: 'P-256' }) : generateRsa('rsa', { modulusLength: key === 'rsa-2048' ? 2048 : 3072 })

function signed(piece: Uint8Array, key: KeyObject, scheme: SignatureScheme): Uint8Array {
  const options = scheme === 'rsa-pss' ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 } : {}
  return new Uint8Array(sign('sha256', piece, { key, ...options }))
}
