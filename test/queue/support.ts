export const SECRET = { agency: 'H29.12', bytes: Buffer.alloc(32, 9) }

/** A moment all processes of this machine agree on, ms. */
export const moment = (): number => performance.timeOrigin + performance.now()
