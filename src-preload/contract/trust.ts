import { z } from 'zod'
import { CertificateView } from './chip'
import { Instant } from './ids'

/** A file with roots or lists is at most so long, in bytes; official ones are well below. */
export const LARGEST_TRUST_FILE = 20 * 1024 * 1024

/** Where a trust anchor came from. */
export const AnchorOrigin = z.enum(['certificate', 'master-list', 'link', 'practice'])
export type AnchorOrigin = z.infer<typeof AnchorOrigin>

/** A CSCA certificate that readings may end at. */
export const AnchorView = z.object({
  certificate: CertificateView,
  country: z.string().nullable(),
  origin: AnchorOrigin,
  /** File name or signer of the master list. */
  source: z.string(),
  importedAt: Instant,
  importedBy: z.string(),
  /** In force on the day of the question. */
  valid: z.boolean(),
})
export type AnchorView = z.infer<typeof AnchorView>

export const RevocationListView = z.object({ issuer: z.string(), thisUpdate: Instant, nextUpdate: Instant.nullable(), revoked: z.number().int(), importedAt: Instant, stale: z.boolean() })
export type RevocationListView = z.infer<typeof RevocationListView>

export const TrustView = z.object({ anchors: z.array(AnchorView), revocationLists: z.array(RevocationListView) })
export type TrustView = z.infer<typeof TrustView>

/**
 * What an import brought. A single certificate, a bundle or a revocation list with anything wrong brings nothing; of a master list, whose signature
 * holds for the whole, single certificates that are no authorities are refused and named.
 */
export const TrustImport = z.object({ added: z.number().int(), known: z.number().int(), refused: z.array(z.object({ subject: z.string(), why: z.string() })), masterListSigner: z.string().nullable() })
export type TrustImport = z.infer<typeof TrustImport>
