import { createHash } from 'node:crypto'

/** SHA-256 in hexadecimal digits, as certificate sheets name a certificate. */
export const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
