import { z } from 'zod'
import { AgencyCode, CivilDate, Instant, Sha256, State, Uuid } from './payload'

/** Everything but the submission payload that travels between a counter and the city (`docs/city-protocol.md`). */
export const Health = z.object({ system: z.literal('mot-cua-city'), time: Instant })

export const PublicKey = z.object({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: z.string().regex(/^[\w-]{43}$/),
  y: z.string().regex(/^[\w-]{43}$/),
})
export type PublicKey = z.infer<typeof PublicKey>
export const EnrolmentRequest = z.object({ code: z.string().trim().min(4).max(60), publicKey: PublicKey })
const Party = z.object({ country: z.string().regex(/^[A-Z]{2}$/).nullable(), organisation: z.string().nullable(), commonName: z.string() })
const Der = z.base64()
/** A CA that the counter registers for. `cmp` for tokens (RFC 9810 in RA mode), `remote` for remote signing; secrets are the counter's own. */
const SigningProvider = z.object({
  id: z.string().regex(/^[a-z0-9-]{1,40}$/), name: z.string(), licence: z.string(), kind: z.enum(['token', 'remote']),
  price: z.object({ vi: z.string(), en: z.string() }), years: z.number().int().min(1).max(3), hotline: z.string(), revokeAt: z.string(), terms: z.string(), demo: z.boolean(),
  authorities: z.array(Der), tsaUrl: z.string().nullable(),
  cmp: z.object({
    url: z.string(), sender: Party, recipient: Party, responders: z.array(Der),
    protection: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('secret'), reference: z.string(), secret: z.string() }),
      z.object({ kind: z.literal('certificate'), certificates: z.array(Der), privateKey: Der }),
    ]),
  }).nullable(),
  remote: z.record(z.string(), z.union([z.string(), z.number()])).nullable(),
  phone: z.object({ url: z.string(), token: z.string() }).nullable(),
})
export const Enrolment = z.object({
  clientId: Uuid,
  agency: z.object({ code: AgencyCode, name: z.string(), parent: z.string(), wardCode: z.string() }),
  counter: z.string(),
  /** For the queue that the counters of the agency share without the city. A city that knows nothing of it leaves it out. */
  ward: z.object({ secret: z.string().regex(/^[\w-]{43}$/), counterNumber: z.number().int().min(1).max(99) }).optional(),
  /** Signatures for citizens: CAs, and the trust anchors that go with them. A city without them leaves it out. */
  signing: z.object({
    providers: z.array(SigningProvider),
    anchors: z.array(z.object({ name: z.string(), kind: z.enum(['root', 'ca', 'tsa']), certificate: Der, demo: z.boolean() })),
  }).optional(),
})
export type Enrolment = z.infer<typeof Enrolment>

export const TokenRequest = z.object({
  grant_type: z.literal('client_credentials'),
  client_assertion_type: z.literal('urn:ietf:params:oauth:client-assertion-type:jwt-bearer'),
  client_assertion: z.string().min(20).max(8000),
})
export const Token = z.object({ access_token: z.string(), token_type: z.literal('Bearer'), expires_in: z.number().int() })

/** `Upload-Metadata` of one document, decoded. */
export const UploadMetadata = z.object({
  documentId: Uuid,
  sha256: Sha256,
  mediaType: z.string().regex(/^[a-z]+\/[a-z0-9.+-]{1,80}$/),
})
export const ConfirmedDocument = z.object({ sha256: Sha256, size: z.number().int(), confirmedAt: Instant })

export const Acknowledgement = z.object({
  submissionId: Uuid,
  receiptNumber: z.string().regex(/^TP-\d{2}-\d{6,}$/),
  receivedAt: Instant,
  payloadSha256: Sha256,
  sequence: z.number().int(),
  /** Only when the dossier came with a provisional code: the final one. */
  assignedCode: z.string().optional(),
})
export type Acknowledgement = z.infer<typeof Acknowledgement>

export const LeaseRequest = z.object({ requestId: Uuid, agency: AgencyCode, day: CivilDate, size: z.number().int().min(1).max(200) })
export type LeaseRequest = z.infer<typeof LeaseRequest>
/** Codes are `prefix` + the number in four digits, from `first` to `last`, both included. */
export const Lease = z.object({
  leaseId: Uuid,
  agency: AgencyCode,
  day: CivilDate,
  prefix: z.string(),
  first: z.number().int(),
  last: z.number().int(),
})
export type Lease = z.infer<typeof Lease>

/** The receipt for a letter of a complaint or proposal. */
export const LetterReceipt = z.object({
  letterId: Uuid,
  feedbackId: Uuid,
  receiptNumber: z.string().regex(/^BN-\d{2}-\d{6,}$/),
  receivedAt: Instant,
  payloadSha256: Sha256,
  sequence: z.number().int(),
})
export type LetterReceipt = z.infer<typeof LetterReceipt>

/** 2 received, 3 being handled, 4 needs a supplement, 5 answered, 6 refused, 7 closed. */
export const FeedbackState = z.number().int().min(2).max(7)
export const FeedbackStatusItem = z.object({
  sequence: z.number().int(), feedbackId: Uuid, number: z.string(), state: FeedbackState, at: Instant, note: z.string().optional(), by: z.string().optional(),
})
export const FeedbackStatuses = z.object({ items: z.array(FeedbackStatusItem), next: z.number().int() })

const limit = z.coerce.number().int().min(1).max(500).default(100)
export const ReceiptsQuery = z.object({ since: z.coerce.number().int().min(0).default(0), limit })
export const StatusesQuery = z.object({ cursor: z.coerce.number().int().min(0).default(0), limit })
export const Receipts = z.object({ items: z.array(Acknowledgement), next: z.number().int() })
export const StatusItem = z.object({
  sequence: z.number().int(),
  dossierId: Uuid,
  dossierCode: z.string(),
  state: State,
  at: Instant,
  note: z.string().optional(),
  by: z.string().optional(),
})
export const Statuses = z.object({ items: z.array(StatusItem), next: z.number().int() })

export const AuditHead = z.object({ sequence: z.number().int().min(0), hash: Sha256 })
export const AuditWitness = z.object({ witnessedAt: Instant })
