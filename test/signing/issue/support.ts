import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { v7 } from 'uuid'
import { onTestFinished } from 'vitest'
import { ShowingId, type DisplayAnswer, type DisplayPage } from '@contract/display'
import { SigningFileId, type IssuanceAct, type IssuanceId, type IssuanceView, type SignatureReport } from '@contract/signing'
import { createAudit } from '../../../src-main/audit'
import { createDisplay, readConsentSheets, sheetInForce } from '../../../src-main/hall'
import { openDocuments, openStore, silent } from '../../../src-main/storage'
import { checkIssued, type ProviderConfig } from '../../../src-main/signing/ca'
import { createFiles } from '../../../src-main/signing/desk/files'
import { createIssuing, type IssueDeps, keepProviders } from '../../../src-main/signing/issue'
import { createTokens, simulatedTokens } from '../../../src-main/signing/token'
import type { RemoteSigner } from '../../../src-main/signing/ports'
import { KEY, storeOptions, temporaryFolder } from '../../storage/support'
import { RESOURCES } from '../../core/support'
import { fakeCa, type FakeCa } from './fake-ca'
import { fakeJudge, fakeSeal } from './fake-seal'
import { OFFICER, PHONE, SECOND, seedAccounts, subject } from './people'

export const NEW_TOKEN = 'simulated/0000000000004471'
export const USED_TOKEN = 'simulated/0000000000004472'
export { OFFICER, PHONE, SECOND, subject } from './people'

const B64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')
export function providerConfig(ca: Pick<FakeCa, 'root'>, changed: Partial<ProviderConfig> = {}): ProviderConfig {
  return {
    id: 'nam-binh', name: 'CA Nam Bình (trình diễn)', licence: '07/GP-CA', kind: 'token', price: { vi: '0 đ năm đầu', en: 'free in the first year' }, years: 1, hotline: '1900 0000', revokeAt: 'nambinh.example',
    terms: 'ĐK-01', demo: true, authorities: [B64(ca.root.certificate)], tsaUrl: null, remote: null, phone: null,
    cmp: { url: 'http://127.0.0.1:9/', protection: { kind: 'secret', reference: 'ward', secret: 'mot-bi-mat' }, sender: { country: null, organisation: null, commonName: 'w' }, recipient: { country: null, organisation: null, commonName: 'c' }, responders: [] },
    ...changed,
  }
}

type Wish = Partial<{ folder: string; ca: FakeCa; remote: RemoteSigner; deps: Partial<IssueDeps>; kind: 'token' | 'remote' }>

/** A counter that issues, on real files, with simulated tokens and a citizen at a display. */
export function counter({ folder = temporaryFolder(), remote, deps = {}, kind = 'token', ...wish }: Wish = {}) {
  let ms = Date.parse('2026-11-23T07:20:00.000Z')
  const clock = { now: () => new Date(ms) }
  const ca = wish.ca ?? fakeCa(clock.now)
  const store = openStore(storeOptions(folder, { clock }))
  const audit = createAudit({ key: KEY, clock })
  const documents = openDocuments({ folder, key: KEY, log: silent })
  seedAccounts(store)
  store.write((tx) => keepProviders(tx, [providerConfig(ca, { kind, ...(kind === 'remote' && { cmp: null, remote: {} }) }), providerConfig(ca, { id: 'khac', name: 'CA Khác (trình diễn)' })], clock.now().toISOString()))
  const simulated = simulatedTokens(join(folder, 'tokens.json'))
  const tokens = createTokens({ resourcesFolder: RESOURCES, pkcs11Binding: undefined, start: null, setting: () => [], simulated, now: () => ms })
  const timers = new Set<() => void>()
  let changes = 0
  const waiting = new Set<() => void>()
  const changed = (): void => {
    changes += 1
    for (const look of [...waiting]) look()
  }
  const display = createDisplay({ clock, newId: () => ShowingId.parse(randomBytes(16).toString('hex')), after: (_ms, act) => { timers.add(act); return () => timers.delete(act) }, changed })
  const files = createFiles({ store, documents, audit, clock, newId: () => SigningFileId.parse(v7()), badgeOf: () => null, changed })
  const verdict: { now: Pick<SignatureReport, 'verdict' | 'why'> & { changed?: boolean } } = { now: { verdict: 'TOTAL-PASSED', why: null } }
  const sheets = readConsentSheets(RESOURCES)
  const issuing = createIssuing({
    store, audit, clock, log: silent, newId: v7, newKeyId: () => randomBytes(16).toString('hex'), changed,
    line: () => ({
      connector: kind === 'token' ? ca.connector : null, remote: remote ?? null,
      check: (asked) => checkIssued({ ...asked, authorities: [ca.root.certificate] }),
    }),
    tokens: async () => tokens, seal: fakeSeal, judge: async () => fakeJudge(() => verdict.now), files: async () => files,
    paperwork: { signingPaper: async (paper: string, data: unknown) => ({ pdf: new Uint8Array(Buffer.from(`%PDF-1.7 ${paper} ${JSON.stringify(data)}`)), pages: 1, places: {} }) } as unknown as IssueDeps['paperwork'],
    display: async () => display, sheet: (code) => sheetInForce(sheets, code, '2026-11-23'),
    vouch: async (_actor, { loginName }) => (loginName === 'o0' ? OFFICER : SECOND),
    addressOf: () => 'chị', rsa: () => 'pss-first', simulated: true, patienceMs: 3_000,
    frame: (officerName) => ({ agencyParent: 'Ủy ban nhân dân Thành phố', agencyName: 'Ủy ban nhân dân phường', unitName: 'Một cửa', place: 'Phường', officerName, at: clock.now().toISOString() as never, practice: true }),
    ...deps,
  })
  const port = {}
  const close = async (): Promise<void> => {
    await issuing.settled()
    await tokens.close()
    store.close()
  }
  let closed = false
  const closeOnce = async (): Promise<void> => {
    if (closed) return
    closed = true
    await close()
  }
  onTestFinished(closeOnce)

  /** Looks after each change, until it is so. */
  const until = (fits: () => boolean, what: string): Promise<void> => new Promise((resolve, reject) => {
    const stop = setTimeout(() => {
      waiting.delete(look)
      reject(new Error(`waited for ${what} in vain; shown: ${JSON.stringify(place.page()).slice(0, 300)}`))
    }, 20_000)
    const look = (): void => {
      if (!fits()) return
      waiting.delete(look)
      clearTimeout(stop)
      resolve()
    }
    waiting.add(look)
    look()
  })
  const place = display.attach(port, false)
  const page = <Kind extends DisplayPage['kind']>(kind: Kind): Extract<DisplayPage, { kind: Kind }> => {
    const shown = place.page()
    if (shown?.kind !== kind) throw new Error(`the display shows ${shown?.kind ?? 'nothing'}, not ${kind}`)
    return shown as Extract<DisplayPage, { kind: Kind }>
  }
  const answer = (given: DisplayAnswer): Promise<void> => display.answer(port, given)
  const citizen = {
    page, answer,
    agree: () => answer({ kind: 'agree', id: page('consent').id, signature: null }),
    decline: () => answer({ kind: 'decline', id: page('consent').id }),
    right: () => answer({ kind: 'right', id: page('certificate').id, signature: null }),
    wrong: () => answer({ kind: 'wrong', id: page('certificate').id }),
    type: (pin: string) => answer({ kind: 'pin', id: page('pin').id, pin }),
    timeout: () => { for (const act of [...timers]) act() },
  }
  const act = (id: IssuanceId, one: IssuanceAct): Promise<IssuanceView> => issuing.act(OFFICER, id, one)
  const start = (changedSubject: Partial<typeof subject> = {}): IssuanceId =>
    issuing.start(OFFICER, { draftId: null, dossierId: null, subject: { ...subject, ...changedSubject }, provider: 'nam-binh', renewalOf: null }).id
  /** Everything up to the step in which the token is at work. */
  const untilPin = async (id: IssuanceId): Promise<void> => {
    await act(id, { step: 'consent', how: 'paper' })
    await act(id, { step: 'identity', how: 'card', check: null, second: { loginName: 'o1', secret: 'x' } })
    await act(id, { step: 'person', how: 'face' })
    await act(id, { step: 'phone', how: 'rang', phone: PHONE })
    await act(id, { step: 'content', how: 'paper' })
  }
  return {
    folder, store, audit, clock, ca, issuing, display, simulated, tokens, files, verdict, citizen, act, start, untilPin, until, close: closeOnce,
    pass: (seconds: number) => { ms += seconds * 1000 },
    changes: () => changes,
    actions: () => [...audit.list(store.read, { limit: 500 })].reverse().map(({ action }) => action),
    count: (sql: string) => store.read.get(`SELECT count(*) AS n FROM ${sql}`, [], (row) => row.integer('n')),
  }
}
export type TestCounter = ReturnType<typeof counter>
