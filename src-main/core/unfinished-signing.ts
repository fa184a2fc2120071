import type { Reader } from '../storage'

/** Whether something of signing goes on by itself: jobs, stamps and evidence that are due, verdicts that may be known by now. Asked with the start, before anything of signing is loaded. */
export const hasUnfinishedSigning = (reader: Reader, now: string): boolean => reader.get(
  `SELECT EXISTS (SELECT 1 FROM signing_job WHERE ended_at IS NULL) OR EXISTS (SELECT 1 FROM signature_upgrade WHERE next_at <= :now)
     OR EXISTS (SELECT 1 FROM signature_check WHERE again_at <= :now) AS unfinished`, { now }, (row) => row.flag('unfinished')) === true
