import type { Job } from './types'

/** What the reading thread is asked: a page, or only to be there (`job: null`). */
export type ReadAsk = Readonly<{ id: number; job: Job | null }>

/** `memory`: bytes the core holds, which only grow. A failure is told by a word of ours. */
export type ReadAnswer =
  | Readonly<{ id: number; kind: 'read'; tsv: string; memory: number }>
  | Readonly<{ id: number; kind: 'ready' }>
  | Readonly<{ id: number; kind: 'failed'; reason: string }>
