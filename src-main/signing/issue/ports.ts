import type { Address } from '@contract/display'
import type { IssuanceSubject, PadesLevel } from '@contract/signing'
import type { Audit } from '../../audit'
import type { ConsentSheet, Display } from '../../hall'
import type { PaperFrame, Paperwork, SignaturePlace } from '../../paperwork'
import type { Clock, Log, Store } from '../../storage'
import type { Issued } from '../ca'
import type { Judge, SigningFiles } from '../desk/ports'
import type { CaConnector, RemoteSigner, SigningKey, Tokens } from '../ports'

/** Who acts; every act is audited under this id. */
export type Actor = Readonly<{ id: string; name: string }>

/** What a certificate must be before it is taken. `csr` null: the key is far away, only the person, the chain and the time are looked at. */
export type CertificateWish = Readonly<{ certificate: Uint8Array; chain: readonly Uint8Array[]; csr: Uint8Array | null; person: Readonly<{ fullName: string; idNumber: string }>; now: Date }>

/** The way to one CA. */
export type CaLine = Readonly<{
  connector: CaConnector | null
  remote: RemoteSigner | null
  /** @throws AppError KS-033 … KS-036, KS-038, KS-130: what is wrong with it */
  check(wish: CertificateWish): Pick<Issued, 'certificate' | 'chain' | 'notAfter'>
}>

/** A mark that people see: where, and whose name stands in it. */
export type Sealing = Readonly<{ name: string; reason: string; place: SignaturePlace | null; provider: string }>
export type Sealed = Readonly<{ bytes: Uint8Array; level: PadesLevel }>
/** PAdES over one paper, with a stamp where the CA has a service for it. */
export type Seal = Readonly<{
  sign(pdf: Uint8Array, key: SigningKey, about: Sealing): Promise<Sealed>
  /** For a key far away: what is kept until its signature comes, and the hash that is sent. */
  prepare(pdf: Uint8Array, key: Pick<SigningKey, 'certificates' | 'scheme'>, about: Sealing): Promise<Readonly<{ bytes: Uint8Array; state: string; hash: Uint8Array }>>
  finish(waiting: Readonly<{ bytes: Uint8Array; state: string }>, signature: Uint8Array, provider: string): Promise<Sealed>
}>

export type IssueDeps = Readonly<{
  store: Store
  audit: Audit
  clock: Clock
  log: Log
  newId(): string
  /** 16 bytes in hexadecimal digits, for the id of a key. */
  newKeyId(): string
  /** Something of an issuance is another: screens look again. */
  changed(): void
  /** @throws AppError KS-037 when it is no longer set up */
  line(provider: string): CaLine
  tokens(): Promise<Tokens>
  seal: Seal
  judge(): Promise<Judge>
  files(): Promise<SigningFiles>
  paperwork: Paperwork
  display(): Promise<Display>
  sheet(code: string): ConsentSheet | undefined
  /** Proves another officer's name and secret. @throws AppError TK-001, TK-002, TK-007, TK-018 */
  vouch(actor: Actor, second: Readonly<{ loginName: string; secret: string }>): Promise<Actor>
  addressOf(subject: IssuanceSubject): Address
  frame(officer: string): PaperFrame
  rsa(): 'pss-first' | 'pkcs1-first'
  /** Facts of practice never count as real ones. */
  simulated: boolean
  /** How long the citizen's PIN waits for the CA's answer, so that the certificate goes onto the token with the same entry. Milliseconds. */
  patienceMs: number
}>
