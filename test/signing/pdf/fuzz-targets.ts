import { addEvidence, embedSignature, encrypted, isPdf, laterChanges, pageBox, pageCount, prepareTimestamp, readEvidence, readSignatures, revisionBytes, revisionCount } from '../../../src-main/signing/pdf'
import type { FuzzTarget } from '../../identity/fuzz/target'
import { FORM_OBJECTS, small, smallHybrid, smallPacked } from './small'

/** A SEQUENCE with something in it. */
const cms = (fill: number): Uint8Array => Uint8Array.of(0x30, 60, ...new Uint8Array(60).fill(fill))
const ROOM = 80
const stamped = (bytes: Uint8Array, fill: number): Uint8Array => embedSignature(prepareTimestamp(bytes, ROOM), cms(fill))
const withForm = small({ objects: FORM_OBJECTS })
const whole = [small(), smallPacked(), smallPacked(true), smallHybrid(), withForm]
const signed = whole.map((bytes) => stamped(addEvidence(stamped(bytes, 1), { certificates: [cms(2)], lists: [cms(3)], ocsp: [] }), 4))

function read(bytes: Uint8Array): unknown {
  const found = readSignatures(bytes)
  return { found, later: found.map((signature) => laterChanges(bytes, signature)), evidence: readEvidence(bytes), pages: pageCount(bytes), box: pageBox(bytes, 1) }
}

/** What is added behind a broken file, if anything is: nothing before it moved, and the new stamp is in order and covers everything. */
function append(bytes: Uint8Array): unknown {
  const once = stamped(addEvidence(bytes, { certificates: [cms(5)], lists: [], ocsp: [] }), 6)
  if (Buffer.compare(bytes, once.subarray(0, bytes.length)) !== 0) throw new Error('the file is no prefix')
  const last = readSignatures(once).find(({ end, wellFormed }) => wellFormed && end === once.length)
  if (!last?.coversWhole || laterChanges(once, last).length > 0) throw new Error('the stamp is not in order')
  return last
}

/** A signature that is in order covers its revision byte for byte, and what is told of later changes agrees with what lies behind it. */
function judge(bytes: Uint8Array): unknown {
  const count = [isPdf(bytes), encrypted(bytes), revisionCount(bytes)]
  for (const signature of readSignatures(bytes)) {
    const { range: [a, b, c, d], wellFormed, coversWhole, end, revision } = signature
    if (!wellFormed) continue
    const gap = Buffer.from(bytes.subarray(b, c)).toString('latin1')
    if (a !== 0 || c + d !== end || !/^<[0-9a-fA-F]+>$/u.test(gap) || revisionBytes(bytes, revision).length < end - 64) throw new Error('a range that covers no revision')
    if (coversWhole && laterChanges(bytes, signature).length > 0) throw new Error('changed after the end')
    if (laterChanges(bytes, signature).length === 0 && revision < revisionCount(bytes) && /obj/u.test(Buffer.from(bytes.subarray(end)).toString('latin1'))) throw new Error('a change that is not told')
  }
  return count
}

export const pdfTargets: readonly FuzzTarget[] = [
  { name: 'PDF signatures', seeds: [...whole, ...signed], run: read },
  { name: 'PDF appender', seeds: [...whole, ...signed], run: append },
  { name: 'PDF judged', seeds: signed, run: judge },
]
