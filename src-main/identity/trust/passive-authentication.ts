import type { ChainProof, ChipFile, ChipOddity, ContentsProof, SignatureProof } from '@contract/chip'
import { sameBytes } from '../chip/same-bytes'
import type { ChipFiles } from '../lds/files'
import { digest } from './algorithms'
import { type Certificate, viewOf } from './certificate'
import { oddity, proveChain, type Trust } from './chain'
import { findSigner, parseSignedData, signerAlgorithm, type SignedData, type SignerProof } from './cms'
import { isUsualContent, parseSod, type SecurityObject, type Sod } from './sod'

export type PassiveProof = Readonly<{ contents: ContentsProof; signature: SignatureProof; chain: ChainProof; oddities: readonly ChipOddity[] }>
type SignedProof = Omit<PassiveProof, 'contents'>

/** Data groups by the numbers that the security object gives them (9303-10 table 38). */
const GROUPS: readonly (readonly [ChipFile, number])[] = [['DG1', 1], ['DG2', 2], ['DG11', 11], ['DG12', 12], ['DG13', 13], ['DG14', 14], ['DG15', 15]]

const NO_CONTENTS: ContentsProof = { state: 'not-checked', algorithm: null, hashes: [] }
const NO_SIGNATURE: SignatureProof = { state: 'not-checked', algorithm: null, signer: null }
const NO_CHAIN: ChainProof = { state: 'not-checked', path: [], revocation: 'unknown', practice: false }

/**
 * Passive authentication (9303-11 §5.1) as three results that are never blended: are the files what was hashed, is the signature over the hashes its
 * signer's, and does the signer hang on a root in `trust`? Without a file SOD, or with an unreadable one, nothing is checked. Never throws.
 */
export function provePassively(files: ChipFiles, trust: Trust, at: Date): PassiveProof {
  const file = files.get('SOD')
  if (file === undefined) return { contents: NO_CONTENTS, signature: NO_SIGNATURE, chain: NO_CHAIN, oddities: [] }
  let sod: Sod
  try {
    sod = parseSod(file)
  } catch {
    return { contents: NO_CONTENTS, signature: NO_SIGNATURE, chain: NO_CHAIN, oddities: [oddity('sod-unreadable')] }
  }
  const signed = proveSigned(sod.data, trust, at)
  const oddities = [
    ...(isUsualContent(sod) ? [] : [oddity('sod-content-type', { oid: sod.data.contentType })]),
    ...(sod.object.hash === null ? [oddity('sod-hash-unknown', { oid: sod.object.hashOid })] : []),
  ]
  return { contents: proveContents(files, sod.object), ...signed, oddities: [...oddities, ...signed.oddities] }
}

/** Every data group that was read is hashed; one that the signer did not hash counts as changed. */
function proveContents(files: ChipFiles, { hash, hashes }: SecurityObject): ContentsProof {
  if (hash === null) return NO_CONTENTS
  const compared = GROUPS.flatMap(([file, number]) => {
    const bytes = files.get(file)
    const expected = hashes.get(number)
    return bytes ? [{ file, matches: expected !== undefined && sameBytes(digest(hash, bytes), expected) }] : []
  })
  if (compared.length === 0) return { ...NO_CONTENTS, algorithm: hash }
  return { state: compared.every(({ matches }) => matches) ? 'unchanged' : 'changed', algorithm: hash, hashes: compared }
}

type Candidate = Readonly<{ proof: SignerProof; chain: ChainProof; oddities: readonly ChipOddity[] }>

/** A chain is asked for only of a signer whose signature holds: of anybody else it would say nothing about this document. */
function candidateOf(data: SignedData, index: number, trust: Trust, at: Date): Candidate | null {
  const signer = data.signers[index]
  if (signer === undefined) return null
  const proof = findSigner(data, signer)
  const { certificate, state } = proof
  return state === 'valid' && certificate ? { proof, ...proveChain(certificate, trust, at) } : { proof, chain: NO_CHAIN, oddities: [] }
}

const rankOf = ({ proof, chain }: Candidate): number => (proof.state !== 'valid' ? 2 : chain.state === 'trusted' ? 0 : 1)

/** Signature and chain of any CMS of the chip: of EF.SOD, and of EF.CardSecurity (9303-11 §9.2.11). Of several signers the best is told. */
export function proveSigned(data: SignedData, trust: Trust, at: Date): SignedProof {
  const candidates = data.signers.flatMap((_, index) => candidateOf(data, index, trust, at) ?? [])
  const [best] = candidates.sort((one, other) => rankOf(one) - rankOf(other))
  if (best === undefined) return { signature: NO_SIGNATURE, chain: NO_CHAIN, oddities: [oddity('signer-missing')] }
  const { proof, chain } = best
  const oddities = [
    ...(data.signers.length > 1 ? [oddity('several-signers', { count: String(data.signers.length) })] : []),
    ...(proof.state === 'no-certificate' ? [oddity('signer-missing')] : []),
    ...(proof.state === 'valid' && !proof.named ? [oddity('signer-named-wrongly')] : []),
    ...(proof.signer.attributes === null ? [oddity('no-signed-attributes')] : []),
    ...best.oddities,
  ]
  return { signature: signatureOf(proof, proof.certificate), chain, oddities }
}

const signatureOf = (proof: SignerProof, certificate: Certificate | null): SignatureProof => ({
  state: proof.state === 'no-certificate' ? 'not-checked' : proof.state,
  algorithm: signerAlgorithm(proof.signer),
  signer: certificate && viewOf(certificate),
})

/** Proves EF.CardSecurity and gives its SecurityInfos; null when it cannot be read. For chip authentication mapping, whose key it holds. */
export function proveCardSecurity(file: Uint8Array, trust: Trust, at: Date): (SignedProof & Readonly<{ content: Uint8Array }>) | null {
  try {
    const data = parseSignedData(file)
    return data.content && { content: data.content, ...proveSigned(data, trust, at) }
  } catch {
    return null
  }
}
