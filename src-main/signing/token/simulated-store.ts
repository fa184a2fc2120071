import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'
import { KeyKind } from '@contract/signing'
import type { Pin } from './backend'

/** The simulated tokens of practice mode, as they lie in a file: keys encrypted under the PIN, so that a token outlives the program as a real one does. */

const B64 = z.base64()
const Sealed = z.object({ salt: B64, nonce: B64, box: B64 })
type Sealed = z.infer<typeof Sealed>

const KeyEntry = z.object({ keyId: z.string(), key: KeyKind, label: z.string(), spki: B64, sealed: Sealed })
export type KeyEntry = z.infer<typeof KeyEntry>
export const SimulatedToken = z.object({
  serial: z.string(), label: z.string(), plugged: z.boolean(),
  /** Opens with the PIN and nothing else. */
  lock: Sealed, pinChanged: z.boolean(), triesLeft: z.number().int().min(0).max(5), mustChange: z.boolean(), readOnly: z.boolean(), room: z.number().int().min(0),
  keys: z.array(KeyEntry), certificates: z.array(z.object({ keyId: z.string(), label: z.string(), der: B64 })),
})
export type SimulatedToken = z.infer<typeof SimulatedToken>
const File = z.object({ version: z.literal(1), tokens: z.array(SimulatedToken) })

/** Wrong PINs in a row until a token blocks. */
export const TRIES = 5

/** Cheap on purpose: invented keys of invented people. */
const keyOf = (pin: Pin, salt: Buffer): Buffer => scryptSync(pin, salt, 32, { N: 4096, r: 8, p: 1 })

export function seal(pin: Pin, content: Uint8Array): Sealed {
  const [salt, nonce] = [randomBytes(16), randomBytes(12)]
  const cipher = createCipheriv('aes-256-gcm', keyOf(pin, salt), nonce)
  const box = Buffer.concat([cipher.update(content), cipher.final(), cipher.getAuthTag()])
  return { salt: salt.toString('base64'), nonce: nonce.toString('base64'), box: box.toString('base64') }
}

/** Null when the PIN is another. */
export function unseal(pin: Pin, { salt, nonce, box }: Sealed): Buffer | null {
  const all = Buffer.from(box, 'base64')
  const decipher = createDecipheriv('aes-256-gcm', keyOf(pin, Buffer.from(salt, 'base64')), Buffer.from(nonce, 'base64'))
  decipher.setAuthTag(all.subarray(all.length - 16))
  try {
    return Buffer.concat([decipher.update(all.subarray(0, all.length - 16)), decipher.final()])
  } catch {
    return null
  }
}

/** What is offered for practice: serial number, PIN, and what is the matter with it. */
type Model = Readonly<{ serial: string; label: string; pin: string } & Partial<Pick<SimulatedToken, 'plugged' | 'triesLeft' | 'mustChange' | 'readOnly' | 'room'>>>
export const MODELS: readonly Model[] = [
  { serial: '0000000000004471', label: 'Token mới (mô phỏng)', pin: '12345678', mustChange: true, plugged: true },
  { serial: '0000000000004472', label: 'Token đang dùng (mô phỏng)', pin: '135790' },
  { serial: '0000000000004473', label: 'Token còn ít lần thử (mô phỏng)', pin: '135790', triesLeft: 2 },
  { serial: '0000000000004474', label: 'Token bị khóa (mô phỏng)', pin: '135790', triesLeft: 0 },
  { serial: '0000000000004475', label: 'Token đầy (mô phỏng)', pin: '135790', room: 0 },
  { serial: '0000000000004476', label: 'Token chỉ đọc (mô phỏng)', pin: '135790', readOnly: true },
]
/** Key pairs that fit on a simulated token. */
const ROOM = 6

const made = ({ pin, ...model }: Model): SimulatedToken => ({
  plugged: false, pinChanged: false, triesLeft: TRIES, mustChange: false, readOnly: false, room: ROOM, keys: [], certificates: [], ...model, lock: seal(Buffer.from(pin), randomBytes(16)),
})

export type SimulatedStore = Readonly<{ tokens(): readonly SimulatedToken[]; find(serial: string): SimulatedToken | null; change(serial: string, next: Partial<SimulatedToken>): void }>

/** Reads the file, or makes new tokens where there is none or one that cannot be read. Every change is in the file before it is answered. */
export function openSimulatedStore(path: string): SimulatedStore {
  let tokens = read(path) ?? MODELS.map(made)
  const write = (): void => {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(`${path}.part`, JSON.stringify({ version: 1, tokens }), { mode: 0o600 })
    renameSync(`${path}.part`, path)
  }
  write()
  return {
    tokens: () => tokens,
    find: (serial) => tokens.find((token) => token.serial === serial) ?? null,
    change: (serial, next) => {
      tokens = tokens.map((token) => (token.serial === serial ? { ...token, ...next } : token))
      write()
    },
  }
}

function read(path: string): SimulatedToken[] | null {
  try {
    return File.parse(JSON.parse(readFileSync(path, 'utf8'))).tokens
  } catch {
    return null
  }
}
