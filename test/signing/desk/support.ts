import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { v7 } from 'uuid'
import { afterAll, beforeAll, onTestFinished } from 'vitest'
import { AppError, ERRORS } from '@contract/errors'
import { type DocumentId, DraftId } from '@contract/ids'
import { SigningFileId, type SignatureScheme, TokenId } from '@contract/signing'
import { createDisplay } from '../../../src-main/hall'
import {
  type Anchors, createAnchors, createBackground, createCards, createChecks, createEvidence, createFiles, createIssuerSource, createJobKeeper, createJudge, createPadesPart, createPlacing, createRemoteJobs,
  createRevocationSource, createSignDesk, createStamps, createStampSource, createTokenJobs, createUpgrades, createFetcher, type RemoteAccount, type Tokens, type TokenInfo,
} from '../../../src-main/signing'
import { openJobs, signedHere } from '../../../src-main/signing/desk'
import { silent } from '../../../src-main/storage'
import { ShowingId } from '@contract/display'
import { randomBytes } from 'node:crypto'
import { actor, type Desk, newDesk } from '../../intake/support'
import { made as samplePdf, RESOURCES } from '../pdf/samples'
import { createPki, type Pki, type PkiUser } from '../pki'

export { actor }
export const PIN = '135790'
export const TOKEN = TokenId.parse('software-1')
export const KEY_ID = '0a'

/** What the tests of the desk share: authorities, a citizen's certificate, a PDF to sign. Made before the first test, taken down after the last. */
export function bench(): Readonly<{ pki: Pki; user: PkiUser; pdf: Uint8Array }> {
  const made: { pki?: Pki; user?: PkiUser; pdf?: Uint8Array } = {}
  const given = <T>(value: T | undefined): T => {
    if (value === undefined) throw new Error('asked for before the tests began')
    return value
  }
  beforeAll(async () => {
    made.pki = await createPki()
    made.user = made.pki.user({ name: 'Bùi Nhật Khang' })
    made.pdf = await samplePdf()
  })
  afterAll(() => made.pki?.close())
  return {
    get pki() { return given(made.pki) },
    get user() { return given(made.user) },
    get pdf() { return given(made.pdf) },
  }
}

/** A token in software: one key, three tries. `lone`: without the certificate of what issued its own. */
export function softwareToken(user: PkiUser, changed: Partial<TokenInfo> = {}, lone = false) {
  let triesLeft = 3
  let there = true
  const logins: number[] = []
  const info = (): TokenInfo => ({
    id: TOKEN, driver: 'software', slot: '0', label: 'Token thử', serial: '4471', maker: 'thử', model: 'thử', pin: triesLeft === 0 ? 'blocked' : triesLeft === 1 ? 'final-try' : triesLeft === 2 ? 'last-tries' : 'ok',
    triesLeft, pinLength: { least: 4, most: 12 }, readOnly: false, schemes: ['rsa-pss', 'rsa-pkcs1', 'ecdsa-p256'], keys: ['rsa-2048'], simulated: true, ...changed,
  })
  const refuse = (): never => { throw new Error('not asked for here') }
  const tokens: Tokens = {
    list: async () => ({ tokens: there ? [info()] : [], troubles: [] }),
    certificates: async (token) => (there ? [{ token, keyId: KEY_ID, certificate: user.certificate, hasKey: true }, ...(lone ? [] : [{ token, keyId: '0b', certificate: user.certificates[1] ?? user.certificate, hasKey: false }])] : []),
    sign: async ({ pin, scheme, pieces }) => {
      if (!there) throw new AppError(ERRORS.signing.tokenRemoved)
      if (triesLeft === 0) throw new AppError(ERRORS.signing.pinBlocked)
      if (pin !== PIN) {
        triesLeft -= 1
        throw new AppError(triesLeft === 0 ? ERRORS.signing.pinBlocked : ERRORS.signing.pinWrong)
      }
      triesLeft = 3
      logins.push(pieces.length)
      return Promise.all(pieces.map((piece) => user.key(scheme).sign(piece)))
    },
    generate: refuse, publicKey: refuse, store: refuse, changePin: refuse, discard: refuse, onChange: () => () => undefined, close: async () => undefined,
  }
  return { tokens, logins, pull: () => { there = false } }
}

export type Counter = ReturnType<typeof newCounter>
export type CounterWish = Readonly<{ desk?: Desk; pki: Pki; user: PkiUser; stampUrl?: string | null; remote?: RemoteAccount | null; rsa?: 'pss-first' | 'pkcs1-first'; token?: ReturnType<typeof softwareToken> }>

/** The signing desk of a counter on real files, with real parts, a token in software and the test's own authorities. */
export function newCounter({ desk: given, pki, user, stampUrl = null, remote = null, rsa = 'pss-first', token = softwareToken(user) }: CounterWish) {
  const desk = given ?? newDesk()
  desk.at(new Date().toISOString())
  const { store, documents, audit } = desk
  const { clock } = desk.deps
  const changed = (): void => void desk.events.push({ kind: 'signing' })
  const line = { up: true }
  const stamp = { url: stampUrl }
  const lineUp = (): boolean => line.up
  const fetcher = createFetcher({ patience: 2_000 })
  const revocation = createRevocationSource(fetcher)
  const anchors: Anchors = createAnchors({
    store, audit, clock, changed, shipped: readFileSync(join(RESOURCES, 'signing/anchors.v1.p7m')),
    practice: () => [{ name: 'Gốc thử', kind: 'root', certificate: pki.root }],
  })
  const evidence = createEvidence({ store, clock, log: silent })
  const judge = createJudge({ clock, anchors, evidence, source: revocation, issuerSource: createIssuerSource(fetcher), lineUp })
  const stamps = createStamps({ clock, url: () => stamp.url, open: (url) => createStampSource(url, fetcher) })
  const pades = createPadesPart({ resourcesFolder: RESOURCES, revocation: evidence.asking(revocation), issuerSource: createIssuerSource(fetcher), isOurs: (signer) => signedHere(store.read, signer), issuers: () => anchors.inForce().map(({ certificate }) => certificate.raw), now: () => clock.now() })
  const placing = createPlacing({ documents, clock, changed: (event) => desk.events.push(event) })
  const checks = createChecks({ store, documents, clock, log: silent, judge, lineUp, changed })
  const upgrade = createUpgrades({ store, documents, audit, clock, log: silent, pades, stamps, placing, lineUp, done: changed })
  const background = createBackground({ log: silent, step: async () => (await checks.step()) || upgrade(), soonMs: 5 })
  const files = createFiles({ store, documents, audit, clock, newId: () => SigningFileId.parse(v7()), badgeOf: checks.badgeOfBytes, changed })
  const display = createDisplay({ clock, newId: () => ShowingId.parse(randomBytes(16).toString('hex')), after: () => () => undefined, changed: () => undefined })
  const keeper = createJobKeeper({ store, documents, audit, clock, log: silent, placing, changed: (event) => desk.events.push(event), signed: () => undefined })
  const { tokens } = token
  const tokenJobs = createTokenJobs({ documents, clock, pades, stamps, placing, tokens, keeper, log: silent, display: async () => display, addressOf: () => 'quý vị' })
  const remotes = async () => ({ find: async () => remote })
  const remoteJobs = createRemoteJobs({ store, documents, clock, log: silent, pades, stamps, placing, keeper, remotes })
  const cards = createCards({ tokens: { ...tokens, drivers: () => [] }, judge, log: silent })
  const signing = createSignDesk({
    tokens, remotes, policy: () => rsa, store, documents, clock, judge, evidence, keeper, tokenJobs, remoteJobs, cards, clockOk: () => true, visible: () => true,
    stampable: (url) => line.up && stamps.source(url) !== null,
  })
  onTestFinished(async () => {
    await background.close()
    await remoteJobs.close()
  })
  const withToken = { kind: 'token', token: TOKEN, keyId: KEY_ID } as const
  return { desk, store, documents, anchors, evidence, judge, stamps, checks, upgrade, background, files, display, keeper, remoteJobs, signing, token, line, stamp, withToken, open: () => openJobs(store.read) }
}

/** Bytes of a document as it is in the store. */
export async function bytesOf(counter: Pick<Counter, 'store' | 'documents'>, id: string): Promise<Uint8Array> {
  const sha256 = counter.store.read.get('SELECT sha256 FROM document WHERE id = ? UNION SELECT sha256 FROM signing_file WHERE id = :id', { id, 1: id }, (row) => row.text('sha256'))
  return counter.documents.readAll(sha256 as never, 1e9)
}
export const target = (id: DocumentId) => ({ kind: 'document', id }) as const
export { DraftId }
export type { SignatureScheme }
