import { randomBytes } from 'node:crypto'
import { argon2id as hashArgon2id } from 'hash-wasm'
import { z } from 'zod'
import { normaliseSecret } from '@contract/staff'

/** How much work one guess at a secret costs. */
export interface Argon2Cost {
  readonly memoryKiB: number
  readonly iterations: number
  readonly parallelism: number
}

/** RFC 9106 §4, second recommended option (64 MiB, 3 passes), with one lane as it runs in one thread. */
export const ARGON2_COST: Argon2Cost = { memoryKiB: 64 * 1024, iterations: 3, parallelism: 1 }

const base64 = z.string().regex(/^[A-Za-z0-9+/]+={0,2}$/)

/** Bounds keep a tampered file from asking for all memory. */
export const KdfParameters = z.object({
  name: z.literal('argon2id'),
  memoryKiB: z.number().int().min(8).max(1024 * 1024),
  iterations: z.number().int().min(1).max(20),
  parallelism: z.number().int().min(1).max(4),
  salt: base64,
})
export type KdfParameters = z.infer<typeof KdfParameters>

export const newKdf = (cost: Argon2Cost): KdfParameters => ({
  name: 'argon2id', ...cost, salt: randomBytes(16).toString('base64'),
})

/** 32 bytes from a secret by Argon2id (RFC 9106). Takes a fraction of a second on purpose, and blocks meanwhile. */
export async function argon2id(secret: string, kdf: KdfParameters): Promise<Uint8Array> {
  return hashArgon2id({
    password: normaliseSecret(secret),
    salt: Buffer.from(kdf.salt, 'base64'),
    memorySize: kdf.memoryKiB,
    iterations: kdf.iterations,
    parallelism: kdf.parallelism,
    hashLength: 32,
    outputType: 'binary',
  })
}
