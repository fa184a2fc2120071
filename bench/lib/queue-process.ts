import { type ChildProcess, fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { z } from 'zod'
import { DEFAULT_SETTINGS, Settings } from '../../src-preload/contract/settings'
import { createAudit } from '../../src-main/audit'
import { wardCalendar } from '../../src-main/core/calendar'
import { createLive } from '../../src-main/core/live'
import { openQueueOffice } from '../../src-main/core/queue-office'
import { quiet } from '../../src-main/core/log'
import { readCalendarFile } from '../../src-main/core/resources'
import { openStore, silent, systemClock } from '../../src-main/storage'
import { migrationsFolder, nativeBinding, resourcesFolder } from './places'

/** First argument of this program in a process that is one counter of a ward. */
export const QUEUE_ROLE = '--queue-process'

const Place = z.object({ index: z.number().int(), callPort: z.number().int(), folder: z.string() })
type Place = z.infer<typeof Place>

const Order = z.object({ id: z.string(), act: z.enum(['take', 'next', 'status']) })
const Status = z.object({ leads: z.boolean(), roll: z.number().int(), tickets: z.number().int() })
const Said = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  z.object({ kind: z.literal('heard'), label: z.string(), at: z.number() }),
  z.object({ kind: z.literal('answer'), id: z.string(), label: z.string(), at: z.number(), status: Status.nullable() }),
])
type Said = z.infer<typeof Said>
type Answer = Extract<Said, { kind: 'answer' }>

/** A moment that all processes of this machine agree on, ms. */
export const moment = (): number => performance.timeOrigin + performance.now()

const KEY = Buffer.alloc(32, 7)
const WARD = { name: 'Ủy ban nhân dân phường Tân Mỹ Hưng', parentAgency: 'Ủy ban nhân dân TP. Hồ Chí Minh', agencyCode: 'H29.900', province: 'TP. Hồ Chí Minh' }
const OFFICER = { id: '0199a0c0-0000-7000-8000-000000000001', name: '' }

/** One counter with a database of its own, on a loopback address of its own; as the core runs it, without the window. */
export async function serveQueue(argument: string): Promise<void> {
  const { index, callPort, folder } = Place.parse(JSON.parse(argument))
  const say = (said: Said): void => void process.send?.(said)
  const store = openStore({ folder, key: KEY, migrationsFolder, nativeBinding, clock: systemClock, log: silent })
  store.write((tx) => tx.run(
    'INSERT OR REPLACE INTO ward_secret (one, agency, secret, origin, counter_number, since) VALUES (1, ?, zeroblob(32), \'city\', ?, ?)', [WARD.agencyCode, index, new Date().toISOString()]))
  const settings = Settings.parse({ ...DEFAULT_SETTINGS, ward: WARD, counter: { code: `Q${String(index)}`, name: `Quầy ${String(index)}` } })
  const office = await openQueueOffice({
    place: { dataFolder: folder, resourcesFolder, migrationsFolder, practice: false, appVersion: '0', electronVersion: 'none', keyStore: 'none' },
    store, audit: createAudit({ key: KEY, clock: systemClock }), clock: systemClock, live: createLive(), log: quiet, settings: () => settings,
    printer: { print: () => Promise.reject(new Error('no printer here')) },
    paperwork: { ticket: () => Promise.resolve(new Uint8Array()) }, calendar: () => wardCalendar(readCalendarFile(resourcesFolder), settings),
    lan: { address: `127.0.0.${String(60 + index)}`, callPort, group: null, targets: ['127.255.255.255'], everyMs: 200 },
  })
  const status = (): z.infer<typeof Status> => ({
    leads: office.state().leads, tickets: office.state().tickets.length + office.state().done,
    roll: store.read.get("SELECT json_array_length(body, '$.rolls.next.members') AS roll FROM queue_entry WHERE body ->> '$.kind' = 'roll' ORDER BY line_id DESC, position DESC LIMIT 1", [], (row) => row.integer('roll')) ?? 1,
  })
  const act = async (wanted: 'take' | 'next'): Promise<string> => {
    if (wanted === 'take') return (await office.take('A', 'ordinary')).label
    const { id, label } = await office.next()
    // The person sits down, so that the next call ends it.
    void office.on(OFFICER as Parameters<typeof office.on>[0], 'start', id).catch(() => undefined)
    return label
  }
  process.on('message', (message) => {
    const { id, act: wanted } = Order.parse(message)
    if (wanted === 'status') return say({ kind: 'answer', id, label: '', at: moment(), status: status() })
    act(wanted).then((label) => say({ kind: 'answer', id, label, at: moment(), status: null }), () => say({ kind: 'answer', id, label: '', at: moment(), status: null }))
  })
  process.on('disconnect', () => process.exit(0))
  say({ kind: 'ready' })
  for await (const { label } of office.calls(undefined)) say({ kind: 'heard', label, at: moment() })
}

export type QueueProcess = Readonly<{
  place: Place
  order(act: 'take' | 'next'): Promise<Answer>
  status(): Promise<z.infer<typeof Status>>
  /** When this label was heard here last. */
  heardAt(label: string): number | undefined
  kill(): Promise<void>
}>

/** Starts one counter; killed with the benchmark at the latest. */
export async function startQueue(place: Place): Promise<QueueProcess> {
  const child: ChildProcess = fork(process.argv[1] ?? '', [QUEUE_ROLE, JSON.stringify(place)], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  const answers = new Map<string, (answer: Answer) => void>()
  const heard = new Map<string, number>()
  const ready = new Promise<void>((done) => {
    child.on('message', (message) => {
      const said = Said.parse(message)
      if (said.kind === 'ready') done()
      else if (said.kind === 'heard') heard.set(said.label, said.at)
      else {
        answers.get(said.id)?.(said)
        answers.delete(said.id)
      }
    })
  })
  await ready
  const ask = (act: z.infer<typeof Order>['act']): Promise<Answer> => new Promise((done) => {
    const id = randomUUID()
    answers.set(id, done)
    child.send({ id, act })
  })
  return {
    place,
    order: (act) => ask(act),
    status: async () => (await ask('status')).status ?? { leads: false, roll: 0, tickets: 0 },
    heardAt: (label) => heard.get(label),
    kill: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill('SIGKILL')
      await once(child, 'exit')
    },
  }
}
