import { MAX_DOCUMENT } from '@contract/calls-intake'

/** What the intake takes in is also what may be signed; a signature and its evidence must still fit. In bytes. */
export const MAX_SIGNED = MAX_DOCUMENT
/** Judged in the background by themselves; larger ones when somebody asks. In bytes. */
export const JUDGED_BY_ITSELF = 60 * 1024 * 1024
