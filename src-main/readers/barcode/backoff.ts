/** Waits between tries to open a device, in milliseconds: quick at first, for what is just being plugged in. */
export const RETRY = { first: 500, most: 10_000 } as const

/** The wait before the try with this number, from 0. */
export const retryAfter = (failures: number): number => Math.min(RETRY.most, RETRY.first * 2 ** Math.min(failures, 10))
