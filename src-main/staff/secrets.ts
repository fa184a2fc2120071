import { randomBytes, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { AppError, ERRORS } from '@contract/errors'
import { foldLoginName, normaliseSecret } from '@contract/staff'
import { type Argon2Cost, argon2id, KdfParameters, newKdf } from '../storage'

export const SHORTEST_SECRET = 8

/** Whole secrets, folded, that are tried first by anybody who guesses. */
const COMMON: ReadonlySet<string> = new Set([
  'password', 'password1', 'passw0rd', 'matkhau', 'matkhau1', 'matkhau123', 'mat khau', 'qwertyui', 'qwerty123', 'qwertyuiop',
  'abcd1234', 'abc12345', 'abc123456', 'a1234567', 'a12345678', 'aa123456', '1q2w3e4r', '1qaz2wsx', 'asdfghjk', 'zxcvbnm1',
  'iloveyou', 'anhyeuem', 'emyeuanh', 'vietnam1', 'vietnam123', 'viet nam', 'hanoi123', 'saigon123', 'hochiminh', 'admin123',
  'admin1234', 'administrator', 'canbo123', 'motcua123', 'ubnd1234', 'phuong123', 'letmein1', 'welcome1', 'changeme', 'p@ssw0rd', 'p@ssword',
])

export type Weakness = 'short' | 'login-name' | 'repeated' | 'sequence' | 'common'

/** True when each character is the one before it, or the next or the last one to it: 11111111, 12345678, hgfedcba. */
function isRun(text: string): boolean {
  const steps = [...text].slice(1).map((character, index) => (character.codePointAt(0) ?? 0) - ([...text][index]?.codePointAt(0) ?? 0))
  return [0, 1, -1].some((step) => steps.every((found) => found === step))
}

/** What is wrong with a chosen secret, or null. Length counts most (NIST SP 800-63B §5.1.1.2): no rules on kinds of characters. */
export function weaknessOf(secret: string, loginName: string): Weakness | null {
  const plain = normaliseSecret(secret)
  const folded = foldLoginName(plain)
  if ([...plain].length < SHORTEST_SECRET) return 'short'
  if (new Set(plain).size <= 2) return 'repeated'
  if (isRun(folded)) return 'sequence'
  if (COMMON.has(folded) || folded === '1234567890' || folded === '0123456789') return 'common'
  return folded.includes(foldLoginName(loginName)) && folded.length < foldLoginName(loginName).length + 6 ? 'login-name' : null
}

/** Throws TK-006 with what is wrong. */
export function assertStrong(secret: string, loginName: string): void {
  const weakness = weaknessOf(secret, loginName)
  if (weakness) throw new AppError(ERRORS.staff.weakSecret, { weakness, shortest: SHORTEST_SECRET })
}

/** A secret as stored: Argon2id with its own salt and cost. */
export const SecretHash = z.object({ kdf: KdfParameters, hash: z.string() })
export type SecretHash = z.infer<typeof SecretHash>

export async function hashSecret(secret: string, cost: Argon2Cost): Promise<SecretHash> {
  const kdf = newKdf(cost)
  return { kdf, hash: Buffer.from(await argon2id(secret, kdf)).toString('base64') }
}

export async function isSecret(secret: string, stored: SecretHash): Promise<boolean> {
  const found = Buffer.from(await argon2id(secret, stored.kdf))
  const wanted = Buffer.from(stored.hash, 'base64')
  return found.length === wanted.length && timingSafeEqual(found, wanted)
}

/** A name for a secret that tells nothing about it. */
export const newSecretId = (): string => randomBytes(16).toString('hex')
