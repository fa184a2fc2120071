import { v7 } from 'uuid'
import { onTestFinished } from 'vitest'
import { AccountId } from '@contract/ids'
import { PrintJobId } from '@contract/printing'
import type { CallNews, QueueGroup } from '@contract/queue'
import { DEFAULT_SETTINGS, Settings } from '@contract/settings'
import { createAudit } from '../../src-main/audit'
import { wardCalendar } from '../../src-main/core/calendar'
import { createLive } from '../../src-main/core/live'
import { openQueueOffice, type QueueOffice, type QueueOfficeDeps } from '../../src-main/core/queue-office'
import { readCalendarFile } from '../../src-main/core/resources'
import type { Printer } from '../../src-main/printing'
import { openStore, silent, type Store } from '../../src-main/storage'
import { counter, ward } from '../staff/support'
import { KEY, MIGRATIONS, nativeBinding, temporaryFolder } from '../storage/support'
import { RESOURCES, settingsOf } from './support'

export const WARD_SECRET = new Uint8Array(32).fill(9)
export const actor = { id: AccountId.parse('0199a0c0-0000-7000-8000-000000000001'), name: 'Đỗ Thị Mỹ Duyên' }

/** Waits until it holds. @throws after fifteen seconds */
export async function until(holds: () => boolean, mostMs = 15_000): Promise<void> {
  const end = performance.now() + mostMs
  while (!holds()) {
    if (performance.now() > end) throw new Error('it did not come to that')
    await new Promise((done) => setTimeout(done, 20))
  }
}

export type Desk = Readonly<{
  office: QueueOffice
  store: Store
  /** What was agreed to be called, as it was heard here. */
  heard: CallNews[]
  logged: string[]
  settings: { now: Settings }
  take(letter?: string, group?: QueueGroup): Promise<string>
  /** The next one's label, or the code of the refusal. */
  next(): Promise<string>
  labels(): readonly string[]
  stop(): Promise<void>
}>

type Wish = Readonly<{
  index: number
  callPort: number
  /** How far this machine's clock is off, ms. */
  skew?: number
  secret?: Uint8Array
  agency?: string
  folder?: string
  printer?: Printer
  settings?: Partial<Settings>
}>

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : String(error))

/** One counter of a ward on its own loopback address, with a database of its own; the city gave its secret. */
export async function desk({ index, callPort, skew = 0, secret = WARD_SECRET, agency = ward.agencyCode, folder = temporaryFolder(), printer, settings: changed = {} }: Wish): Promise<Desk> {
  const clock = { now: () => new Date(Date.now() + skew) }
  const store = openStore({ folder, key: KEY, migrationsFolder: MIGRATIONS, nativeBinding, clock, log: silent })
  store.write((tx) => tx.run(
    'INSERT OR REPLACE INTO ward_secret (one, agency, secret, origin, counter_number, since) VALUES (1, ?, ?, \'city\', ?, ?)', [agency, secret, index, clock.now().toISOString()]))
  const settings = { now: Settings.parse({ ...DEFAULT_SETTINGS, ward, counter: { ...counter, name: `Quầy ${String(index)}` }, ...changed }) }
  const logged: string[] = []
  const heard: CallNews[] = []
  const deps: QueueOfficeDeps = {
    place: settingsOf(folder, { practice: false, electronVersion: '0' }), store, audit: createAudit({ key: KEY, clock }), clock, live: createLive(), log: (event, fields) => void logged.push(`${event} ${JSON.stringify(fields ?? {})}`),
    settings: () => settings.now, printer: printer ?? { print: async () => ({ outcome: 'printed', job: PrintJobId.parse(v7()) }) }, paperwork: { ticket: () => Promise.resolve(new Uint8Array(4)) },
    calendar: () => wardCalendar(readCalendarFile(RESOURCES), settings.now),
    lan: { address: `127.0.0.${String(40 + index)}`, callPort, group: null, targets: ['127.255.255.255'], everyMs: 200 },
  }
  const office = await openQueueOffice(deps)
  const end = new AbortController()
  const listening = (async () => { for await (const call of office.calls(end.signal)) heard.push(call) })()
  let stopped: Promise<void> | undefined
  const stop = (): Promise<void> => (stopped ??= (async () => {
    end.abort()
    await listening
    await office.close()
    store.close()
  })())
  onTestFinished(stop)
  return {
    office, store, heard, logged, settings, stop,
    take: async (letter = 'A', group = 'ordinary') => (await office.take(letter, group)).label,
    next: () => office.next().then(({ label }) => label, codeOf),
    labels: () => office.state().tickets.filter(({ state }) => state === 'waiting').map(({ label }) => label),
  }
}

/** Who counts in the line that was founded last, and agreed to. */
export const rollOf = ({ store }: Desk): string => store.read.get(
  `SELECT e.body ->> '$.rolls.next.members' AS members, e.body ->> '$.rolls.old' IS NULL AS settled FROM queue_entry e JOIN queue_line l ON l.id = e.line_id
   WHERE e.body ->> '$.kind' = 'roll' AND e.position <= l.agreed ORDER BY l.day DESC, l.born, l.id, e.position DESC LIMIT 1`, [],
  (row) => (row.flag('settled') ? row.text('members') : '')) ?? ''

const picture = ({ office }: Desk): string => office.state().tickets.map(({ id, state, side }) => `${id} ${state} ${side}`).sort().join()

/** Until these counters, and no others, are one queue and show the same. There must be a number already. */
export async function together(...desks: readonly Desk[]): Promise<void> {
  const one = (values: readonly string[]): boolean => new Set(values).size === 1
  await until(() => desks.every(({ office }) => office.state().standing === 'together') && one(desks.map(picture)) && one(desks.map(rollOf))
    && desks.every((each) => rollOf(each).split(',').length === desks.length && rollOf(each) !== ''))
}
export { codeOf }
