import type { ErrorCode } from '@contract/errors'
import type { KeyKind, SignatureScheme } from '@contract/signing'

/**
 * What the parts of signing say to each other. `pdf` knows bytes and revisions, `cms` signatures and stamps, `pades` both; `validate`
 * judges; `token`, `ca` and `remote` are the edges; `issue` and `desk` keep the state in SQLite.
 */

/** A key that can sign, and the certificates that go with it: the signer's first, then what issued it, without the root. DER. */
export type SigningKey = Readonly<{
  certificates: readonly Uint8Array[]
  scheme: SignatureScheme
  /** Signs these bytes (SHA-256 is part of every scheme). ECDSA as DER SEQUENCE of r and s, as CMS wants it. */
  sign(bytes: Uint8Array): Promise<Uint8Array>
}>

/** A visible mark: where, in points from the lower left corner of the page, and what stands in it. Text only. */
export type VisibleMark = Readonly<{ page: number; box: readonly [x: number, y: number, width: number, height: number]; lines: readonly string[] }>

export type SignatureWish = Readonly<{
  /** Name of the signer as the certificate has it, NFC. */
  name: string
  reason: string | null
  location: string | null
  at: Date
  visible: VisibleMark | null
}>

/** A PDF with a place for a signature, waiting for its CMS. `range` is its /ByteRange; `digest` SHA-256 over both pieces. */
export type Prepared = Readonly<{ bytes: Uint8Array; range: readonly [number, number, number, number]; digest: Uint8Array; field: string }>

/** A signature or document timestamp as it lies in a PDF. */
export type PdfSignature = Readonly<{
  field: string
  kind: 'signature' | 'timestamp'
  subFilter: string
  range: readonly [number, number, number, number]
  contents: Uint8Array
  /** /M, the time the signer claims; null when it is missing or cannot be read. */
  claimedAt: Date | null
  name: string | null
  reason: string | null
  location: string | null
  /** Where the revision that it covers ends, in bytes, and the number of that revision from 1. */
  end: number
  revision: number
  /** The ranges are those of a whole revision: everything but its own /Contents, from byte 0. */
  wellFormed: boolean
  coversWhole: boolean
}>

/** What was added to a PDF after a signature. Everything but `evidence`, `timestamp` and `signature` changes what a reader sees. */
export type LaterChange = Readonly<{ kind: 'evidence' | 'timestamp' | 'signature' | 'form' | 'annotation' | 'pages' | 'other'; revision: number }>

/** Evidence beside a signature: DER. */
export type Evidence = Readonly<{ certificates: readonly Uint8Array[]; lists: readonly Uint8Array[]; ocsp: readonly Uint8Array[] }>

/** RFC 3161: a stamp over this SHA-256 digest. @throws AppError KS-060, KS-061 */
export type StampSource = Readonly<{ name: string; stamp(digest: Uint8Array): Promise<Uint8Array> }>

/** Where revocation is asked. Both answer null where the certificate names no address. @throws AppError KS-062 */
export type RevocationSource = Readonly<{
  ocsp(certificate: Uint8Array, issuer: Uint8Array): Promise<Uint8Array | null>
  list(certificate: Uint8Array, issuer: Uint8Array): Promise<Uint8Array | null>
}>

/** How a connector of a CA answers. `state` is what must be kept to go on after a restart; opaque JSON text. */
export type CaAnswer =
  | Readonly<{ kind: 'issued'; certificate: Uint8Array; chain: readonly Uint8Array[]; state: string }>
  | Readonly<{ kind: 'waiting'; afterSeconds: number; state: string }>
  | Readonly<{ kind: 'refused'; text: string; failure: string | null }>

/** One licensed CA and the way to it. Every call may be made again with the same state: never two certificates for one request. */
export type CaConnector = Readonly<{
  /** `id` is the permanent id of the issuance; the same id and request get the same certificate. @throws AppError KS-030, KS-032, KS-038 */
  request(wish: Readonly<{ id: string; csr: Uint8Array }>): Promise<CaAnswer>
  poll(state: string): Promise<CaAnswer>
  /** Tells the CA whether the certificate is taken; a second telling changes nothing. */
  confirm(state: string, certificate: Uint8Array, accepted: boolean, why: string | null): Promise<void>
  /** Sends a one-time code to the phone, where the CA does that. */
  phone: Readonly<{ send(id: string, phone: string): Promise<void>; check(id: string, code: string): Promise<boolean> }> | null
  /** Nothing personal: is the line to it up. */
  alive(): Promise<boolean>
}>

/** One hash to be signed far away: SHA-256 of the signed attributes' DER SET, never of the document. */
export type RemoteHash = Readonly<{ id: string; hash: Uint8Array; title: string }>
export type RemoteStatus =
  | Readonly<{ kind: 'waiting'; afterSeconds: number }>
  | Readonly<{ kind: 'done'; signatures: readonly Readonly<{ id: string; value: Uint8Array }>[] }>
  | Readonly<{ kind: 'expired' | 'refused' | 'failed'; text: string | null }>

/** How an account stands. `account` is opaque and kept by whoever asked; the one of `ready` names the certificate too. */
export type RemoteRegistration = Readonly<{ kind: 'waiting' | 'ready'; account: string }> | Readonly<{ kind: 'refused'; text: string }>

/** Remote signing by the citizen's phone. Asking again with the same id is the same registration, the same transaction. @throws AppError KS-040, KS-043 */
export type RemoteSigner = Readonly<{
  /** Registers the account, and asks again how it stands; `ready` once the citizen has activated it on the phone and the certificate is there. */
  register(wish: Readonly<{ id: string; idNumber: string; name: string; phone: string; province: string }>): Promise<RemoteRegistration>
  certificate(account: string): Promise<Readonly<{ certificates: readonly Uint8Array[]; scheme: SignatureScheme }> | null>
  /** Answers the ticket by which `status` is asked; opaque, to be kept. Lost it on the way: submit again with the same id. @throws AppError KS-120 no certificate */
  submit(wish: Readonly<{ id: string; account: string; hashes: readonly RemoteHash[] }>): Promise<string>
  status(ticket: string): Promise<RemoteStatus>
  alive(): Promise<boolean>
}>

/** A token as its driver tells it, read again each time: tries are only told as flags (PKCS#11 §4.5, CKF_USER_PIN_*). */
export type TokenInfo = Readonly<{
  id: string
  driver: string
  slot: string
  label: string
  serial: string
  maker: string
  model: string
  pin: 'ok' | 'last-tries' | 'final-try' | 'blocked' | 'must-change' | 'not-set'
  /** How often the PIN may still be wrong, where the driver tells; the flags say the rest. */
  triesLeft: number | null
  pinLength: Readonly<{ least: number; most: number }>
  readOnly: boolean
  /** What it can do of what we want, best first. */
  schemes: readonly SignatureScheme[]
  keys: readonly KeyKind[]
  simulated: boolean
}>

export type TokenCertificate = Readonly<{ token: string; keyId: string; certificate: Uint8Array; hasKey: boolean }>

/** Tokens of all drivers, each driver in a process of its own. A PIN is used for one call and kept nowhere. */
export type Tokens = Readonly<{
  list(): Promise<Readonly<{ tokens: readonly TokenInfo[]; troubles: readonly Readonly<{ driver: string; code: ErrorCode }>[] }>>
  /** Public objects; no PIN. */
  certificates(token: string): Promise<readonly TokenCertificate[]>
  /** `keyId` is given (hex) so that an interrupted generation is found again. Answers SubjectPublicKeyInfo. @throws AppError KS-021 … KS-029, KS-12x */
  generate(wish: Readonly<{ token: string; pin: string; key: KeyKind; keyId: string; label: string }>): Promise<Uint8Array>
  /** The public half of a key pair that is there; null when it is not. */
  publicKey(token: string, keyId: string, pin: string): Promise<Uint8Array | null>
  /** One log-in for all of it. */
  sign(wish: Readonly<{ token: string; pin: string; keyId: string; scheme: SignatureScheme; pieces: readonly Uint8Array[] }>): Promise<readonly Uint8Array[]>
  store(wish: Readonly<{ token: string; pin: string; keyId: string; certificate: Uint8Array; label: string }>): Promise<void>
  changePin(wish: Readonly<{ token: string; pin: string; next: string }>): Promise<void>
  /** Throws a key pair away that no certificate came for. */
  discard(wish: Readonly<{ token: string; pin: string; keyId: string }>): Promise<void>
  onChange(listener: () => void): () => void
  close(): Promise<void>
}>
