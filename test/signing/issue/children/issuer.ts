import { randomBytes } from 'node:crypto'
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { v7 } from 'uuid'
import { ShowingId } from '@contract/display'
import { IssuanceId, SigningFileId, TokenId } from '@contract/signing'
import { type Audit, createAudit } from '../../../../src-main/audit'
import { createDisplay } from '../../../../src-main/hall'
import { openDocuments, openStore, silent, type Store } from '../../../../src-main/storage'
import { checkIssued, createCaConnector, ProviderConfig } from '../../../../src-main/signing/ca'
import { createFiles } from '../../../../src-main/signing/desk/files'
import { createIssuing, type IssueDeps, keepProviders } from '../../../../src-main/signing/issue'
import type { CaConnector, Tokens } from '../../../../src-main/signing/ports'
import { createTokens, simulatedTokens } from '../../../../src-main/signing/token'
import { OFFICER, PHONE, seedAccounts, subject } from '../people'
import { fakeJudge, fakeSeal } from '../fake-seal'

/**
 * An officer and a citizen who go through an issuance from wherever it stands, and are killed at the first moment at which they were not killed before.
 * Arguments: folder, file of the CA's configuration. Prints the state at the end of a life that nobody ended.
 */
const [folder = '', providerFile = ''] = process.argv.slice(2)
const TRANSPORT = '12345678'
const PIN = '739152'
const NEW = TokenId.parse('simulated/0000000000004471')

const killsFile = join(folder, 'kills.txt')
const killed = new Set(existsSync(killsFile) ? readFileSync(killsFile, 'utf8').split('\n') : [])
function moment(name: string): void {
  if (killed.has(name)) return
  appendFileSync(killsFile, `${name}\n`)
  process.kill(process.pid, 'SIGKILL')
}
/** Before and after everything that leaves this process. */
function watched<T extends object>(thing: T, name: string, methods: readonly (keyof T & string)[]): T {
  const wrapped = Object.fromEntries(methods.map((method) => [method, async (...given: unknown[]) => {
    moment(`before ${name}.${method}`)
    const answer: unknown = await (thing[method] as (...given: unknown[]) => Promise<unknown>)(...given)
    moment(`after ${name}.${method}`)
    return answer
  }]))
  return { ...thing, ...wrapped }
}

const clock = { now: () => new Date() }
const key = Buffer.alloc(32, 7)
const opened = openStore({ folder, key, migrationsFolder: process.env['MOTCUA_MIGRATIONS'] ?? '', nativeBinding: process.env['MOTCUA_SQLITE_BINDING'], clock, log: silent })
const plainAudit = createAudit({ key, clock })
let action = ''
const audit: Audit = { ...plainAudit, append: (tx, entry) => {
  const { step } = entry.detail ?? {}
  action = `${entry.action}${typeof step === 'string' ? ` ${step}` : ''}`
  return plainAudit.append(tx, entry)
} }
seedAccounts(opened)
const config = ProviderConfig.parse(JSON.parse(readFileSync(providerFile, 'utf8')))
opened.write((tx) => keepProviders(tx, [config], clock.now().toISOString()))
/** In the transaction, when all of it is written, and after it is on the disk. */
const store: Store = { ...opened, read: opened.read, write: (act) => {
  action = ''
  const answer = opened.write((tx) => {
    const made = act(tx)
    if (action !== '') moment(`in ${action}`)
    return made
  })
  if (action !== '') moment(`after ${action}`)
  return answer
} }

const documents = openDocuments({ folder, key, log: silent })
const tokens: Tokens = watched(createTokens({
  resourcesFolder: process.env['MOTCUA_RESOURCES'] ?? '', pkcs11Binding: undefined, start: null, setting: () => [], simulated: simulatedTokens(join(folder, 'tokens.json')), now: () => performance.now(),
}), 'tokens', ['publicKey', 'generate', 'sign', 'store', 'certificates', 'changePin'])
const connector: CaConnector = watched(createCaConnector(config, { now: clock.now, timeoutMs: 5_000 }), 'ca', ['request', 'poll', 'confirm'])
const files = watched(createFiles({ store, documents, audit, clock, newId: () => SigningFileId.parse(v7()), badgeOf: () => null, changed: () => undefined }), 'files', ['store'])
const display = createDisplay({ clock, newId: () => ShowingId.parse(randomBytes(16).toString('hex')), after: () => () => undefined, changed: () => setImmediate(typed) })
const port = {}
const place = display.attach(port, false)

/** The citizen: types what the page asks for. */
let answering = ''
function typed(): void {
  const page = place.page()
  if (page?.kind !== 'pin' || page.id === answering) return
  answering = page.id
  const must = async (): Promise<void> => {
    const mustChange = (await tokens.list()).tokens.find(({ id }) => id === NEW)?.pin === 'must-change'
    await display.answer(port, { kind: 'pin', id: page.id, pin: page.purpose === 'enter' && mustChange ? TRANSPORT : PIN })
  }
  must().catch(() => undefined)
}

const issuing = createIssuing({
  store, audit, clock, log: silent, newId: v7, newKeyId: () => randomBytes(16).toString('hex'), changed: () => undefined,
  line: () => ({ connector, remote: null, check: (wish) => checkIssued({ ...wish, authorities: config.authorities.map((text) => Buffer.from(text, 'base64')) }) }),
  tokens: async () => tokens, seal: fakeSeal, judge: async () => fakeJudge(() => ({ verdict: 'TOTAL-PASSED', why: null })), files: async () => files,
  paperwork: { signingPaper: async (paper: string) => ({ pdf: new Uint8Array(Buffer.from(`%PDF-1.7 ${paper}`)), pages: 1, places: {} }) } as unknown as IssueDeps['paperwork'],
  display: async () => display, sheet: () => undefined, vouch: async () => ({ id: '01939b6e-0000-7000-8000-000000000002', name: 'Lê Văn Hai' }), addressOf: () => 'chị', rsa: () => 'pss-first', simulated: true, patienceMs: 4_000,
  frame: (officerName) => ({ agencyParent: 'Thành phố', agencyName: 'Phường', unitName: 'Một cửa', place: 'Phường', officerName, at: clock.now().toISOString() as never, practice: true }),
})

const wait = (): Promise<void> => new Promise((resolve) => { setTimeout(resolve, 5) })
async function oneStep(id: IssuanceId): Promise<void> {
  const { step, waits } = issuing.get(id)
  if (waits === 'citizen' && place.page()?.kind === 'pin') return wait()
  switch (step) {
    case 'consent': return void (await issuing.act(OFFICER, id, { step, how: 'paper' }))
    case 'identity': return void (await issuing.act(OFFICER, id, { step, how: 'card', check: null, second: { loginName: 'o1', secret: 'x' } }))
    case 'person': return void (await issuing.act(OFFICER, id, { step, how: 'face' }))
    case 'phone': return void (await issuing.act(OFFICER, id, { step, how: 'rang', phone: PHONE }))
    case 'content': return void (await issuing.act(OFFICER, id, { step, how: 'paper' }))
    case 'pin': return void (await issuing.act(OFFICER, id, { step, token: NEW }))
    case 'key': return void (await issuing.act(OFFICER, id, { step, key: 'p-256' }))
    case 'certificate': return void (await issuing.act(OFFICER, id, { step }))
    case 'trial': return void (await issuing.act(OFFICER, id, { step }))
    case 'handover': return void (await issuing.act(OFFICER, id, { step, how: 'paper' }))
    case null: return
  }
}

const end = Date.now() + 60_000
const one = issuing.list({ limit: 1 }).items[0]?.id ?? issuing.start(OFFICER, { draftId: null, dossierId: null, subject, provider: config.id, renewalOf: null }).id
const id = IssuanceId.parse(one)
while (issuing.get(id).state !== 'done' && Date.now() < end) {
  await oneStep(id).catch(() => wait())
  await wait()
  await issuing.settled()
}
await issuing.goOn.round()
const { state, left, trouble } = issuing.get(id)
const row = issuing.row(id)
process.stdout.write(`${JSON.stringify({
  id, state, left: left.length, trouble, audit: audit.verify(store.read).ok, sound: store.check('full').sound,
  keys: (JSON.parse(readFileSync(join(folder, 'tokens.json'), 'utf8')) as { tokens: { serial: string; keys: unknown[]; certificates: unknown[] }[] }).tokens.filter(({ keys }) => keys.length > 0).map(({ serial, keys, certificates }) => [serial, keys.length, certificates.length]),
  certificate: Buffer.from(row.certificate ?? []).toString('base64'),
  agreements: store.read.get("SELECT count(*) AS n FROM signing_file WHERE kind = 'agreement'", [], (found) => found.integer('n')),
  told: store.read.get('SELECT count(*) AS n FROM ca_word WHERE told_at IS NOT NULL AND accepted = 1', [], (found) => found.integer('n')),
})}\n`)
await tokens.close()
store.close()
process.exit(0)
