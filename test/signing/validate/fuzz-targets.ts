import { createHash } from 'node:crypto'
import { AppError } from '@contract/errors'
import type { DocumentReport } from '@contract/signing'
import { readSignatures, signedPieces } from '../../../src-main/signing/pdf'
import { validateDocument } from '../../../src-main/signing/validate'
import type { FuzzTarget } from '../../identity/fuzz/target'
import { seeded } from '../../seeded'
import { seeds, wish } from './seeds/read'
import { restructured } from './structure'

/** What was really signed: the hash of every signature's two pieces, in the order of the file. */
const coveredBy = (bytes: Uint8Array): string[] => readSignatures(bytes).map((signature) => {
  const [before, after] = signedPieces(bytes, signature)
  return createHash('sha256').update(before).update(after).digest('hex')
})
const HONEST: ReadonlySet<string> = new Set(seeds.flatMap(({ bytes }) => coveredBy(bytes)))

/**
 * Validates a broken file. That a signature passes which covers other bytes than somebody signed is an error here, and so is a document that passes
 * although something that a reader sees was changed. @throws Error for a wrong verdict
 */
export async function judgeBroken(bytes: Uint8Array): Promise<DocumentReport> {
  const report = await validateDocument(bytes, wish)
  const covered = coveredBy(bytes)
  for (const [index, { verdict, field }] of report.signatures.entries()) {
    if (verdict === 'TOTAL-PASSED' && !HONEST.has(covered[index] ?? '')) throw new Error(`${field} passes over bytes that nobody signed`)
  }
  if (report.verdict === 'TOTAL-PASSED' && (report.changedSince || report.signatures.some(({ later }) => later.some(({ harmless }) => !harmless)))) throw new Error('passes although it was changed')
  return report
}

/** A program is whole although the file that it makes is none. */
function refusal(error: unknown): null {
  if (error instanceof AppError) return null
  throw error
}

const next = seeded(6)
const programs = Array.from({ length: 60 }, () => Uint8Array.from({ length: 2 + 6 * (1 + Math.floor(next() * 4)) }, (_, index) => (index === 1 && next() < 0.7 ? 0 : Math.floor(next() * 256))))

/** Signed files, byte by byte and along their structure. */
export const signingTargets: readonly FuzzTarget[] = [
  { name: 'signatures', seeds: seeds.map(({ bytes }) => bytes), run: judgeBroken, dear: 40, slowest: 1000 },
  { name: 'signatures by structure', seeds: programs, run: (program) => judgeBroken(restructured(seeds, program)).catch(refusal), dear: 40, slowest: 1000, bound: 512 * 1024 },
]
