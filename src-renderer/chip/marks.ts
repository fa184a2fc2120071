import type { ChipProof, IdentityCheckView } from '@contract/chip'

/** How a chip stands, graver ones first: `chip:mark.<name>`. `genuine` is never said when only hashes were compared. */
export type ChipMark = 'changed' | 'revoked' | 'copied' | 'unproved' | 'simulated' | 'genuine'

/** The four results of a proof, as a reading and as a stored check have them. */
export type Results = Readonly<{
  contents: ChipProof['contents']['state']
  signature: ChipProof['signature']['state']
  chain: ChipProof['chain']['state']
  copy: ChipProof['copy']['state']
  /** The reader is played, or the chain ends at the invented root of practice mode. */
  simulated: boolean
}>

export const resultsOfReading = ({ proof, reader }: Readonly<{ proof: ChipProof; reader: Readonly<{ simulated: boolean }> }>): Results => ({
  contents: proof.contents.state, signature: proof.signature.state, chain: proof.chain.state, copy: proof.copy.state, simulated: reader.simulated || proof.chain.practice,
})

export const resultsOfCheck = ({ contents, signature, chain, copy, simulated }: IdentityCheckView): Results => ({ contents, signature, chain, copy, simulated })

/**
 * The marks of a chip. Genuine takes all three: the contents are as they were signed, the signature is the signer's, and the signer hangs
 * on a trusted root; nothing simulated is genuine. What speaks against a chip is told whether it is simulated or not.
 */
export function marksOf({ contents, signature, chain, copy, simulated }: Results): readonly ChipMark[] {
  const against: ChipMark[] = [
    ...(contents === 'changed' || signature === 'invalid' ? (['changed'] as const) : []),
    ...(chain === 'revoked' ? (['revoked'] as const) : []),
    ...(copy === 'copied' ? (['copied'] as const) : []),
  ]
  const proved = contents === 'unchanged' && signature === 'valid' && chain === 'trusted'
  const rest: ChipMark[] = [
    ...(simulated ? (['simulated'] as const) : []),
    ...(!proved && against.every((mark) => mark === 'copied') ? (['unproved'] as const) : []),
    ...(proved && !simulated && against.length === 0 ? (['genuine'] as const) : []),
  ]
  return [...against, ...rest]
}

/** A chip whose contents were changed, or whose signer was revoked, writes nothing into a draft by itself: what it says is only shown. */
export const mayFill = (results: Results): boolean => !marksOf(results).some((mark) => mark === 'changed' || mark === 'revoked')

/** True when the card's own date says that it has ended; `today` as `YYYY-MM-DD`. A card without a date does not end. */
export const isExpired = (expiresAt: string | null, today: string): boolean => expiresAt !== null && /^\d{4}-\d{2}-\d{2}$/u.test(expiresAt) && expiresAt < today
