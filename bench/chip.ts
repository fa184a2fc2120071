import { randomBytes } from 'node:crypto'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { v7 as uuidv7 } from 'uuid'
import type { ChipFile } from '../src-preload/contract/chip'
import { ReadingId } from '../src-preload/contract/chip'
import type { CardPresence } from '../src-preload/contract/readers'
import { carriedBy } from '../src-main/identity/chip/secure-messaging'
import { readChip } from '../src-main/identity/chip/session'
import { readingOf } from '../src-main/identity/desk/reading'
import { decodeFace } from '../src-main/identity/lds'
import { type CardTransport, createReaders, createVirtualSource, openPcsc, type Readers, SHORT_ANSWER, SHORT_COMMAND } from '../src-main/readers'
import { faceOf, inventChip, type InventedChip } from '../test/devices/invented-chip'
import { chipFolder } from '../test/devices/pcsc/sample-chip'
import { openStack } from '../test/devices/pcsc/stack'
import { FILES } from '../src-main/identity/lds'
import type { Benchmark } from './lib/benchmark'
import { startCard } from './lib/card-thread'
import { timed } from './lib/measure'
import { tell } from './lib/report'
import type { Figure } from './lib/result'

const RUNS = 24
const SLOW_RUNS = 6
const WARM_UP = 4
const APDU_DELAY = 15
const OWN_LIMIT = 150
const WHOLE_LIMIT = 2000
const FACE_LIMIT = 100
const BLOCK_LIMIT = 50
const LOOP_RESOLUTION = 1

/** What a reading at the counter asks for: of these the chip has COM, SOD, DG1, DG2 (16 kB) and DG13. */
const ASKED: readonly ChipFile[] = ['CardAccess', 'COM', 'SOD', 'DG1', 'DG13', 'DG14', 'DG15', 'DG2']
const READ: readonly ChipFile[] = ['COM', 'SOD', 'DG1', 'DG13', 'DG2']

/** As Vietnamese cards were seen: with BAC no master file, or PACE. */
const CHIPS = { BAC: inventChip({ pace: null, behaviour: { noMasterFile: true } }), PACE: inventChip() } as const
type Protocol = keyof typeof CHIPS
const PROTOCOLS = Object.keys(CHIPS) as Protocol[]
const SHORT = { longestCommand: SHORT_COMMAND, longestAnswer: SHORT_ANSWER } as const

type Measured = Readonly<{ own: number; whole: number; apdus: number; block: number }>

/** One reading, parsed and proved. `own`: all but waiting for the card. */
async function measure(chip: InventedChip, connect: () => Promise<CardTransport>, limits: Partial<CardTransport> = {}): Promise<Measured> {
  const loop = monitorEventLoopDelay({ resolution: LOOP_RESOLUTION })
  const begun = performance.now()
  const transport = await connect()
  const connected = performance.now()
  loop.enable()
  try {
    const { access, files, copy, figures } = await readChip({ ...transport, ...limits }, {
      keys: [chip.key], files: ASKED, allowBac: false, random: (length) => new Uint8Array(randomBytes(length)), onProgress: () => undefined,
    })
    const { reading: { proof, face } } = readingOf({
      id: ReadingId.parse(uuidv7()), at: new Date(), purpose: 'identify-with-face', reader: { name: transport.reader, kind: transport.kind, simulated: true }, access, files, copy, figures, trust: chip.trust,
    })
    const ended = performance.now()
    loop.disable()
    if (proof.chain.state !== 'trusted' || proof.contents.state !== 'unchanged' || !face) throw new Error('nothing was proved: it would measure nothing')
    return { own: ended - connected - figures.waitMs, whole: ended - begun, apdus: figures.apdus, block: Math.max(0, loop.max / 1e6 - LOOP_RESOLUTION) }
  } finally {
    await transport.close()
  }
}

async function series(runs: number, act: () => Promise<Measured>, progress: (done: number) => void): Promise<Measured[]> {
  const all: Measured[] = []
  for (let run = -WARM_UP; run < runs; run += 1) {
    const measured = await act()
    if (run >= 0) all.push(measured)
    progress(run + 1)
  }
  return all
}

/** Commands that no reading can do without: to open the chip, and one for each piece of a file that an answer has room for. */
function leastCommands(protocol: Protocol, limits: Partial<CardTransport>): number {
  // Asking for EF.CardAccess takes two. Then the application and BAC's two; or PACE's five and the application.
  const opening = protocol === 'BAC' ? 2 + 1 + 2 : 2 + 5 + 1
  const room = carriedBy(protocol === 'BAC' ? '3DES' : 'AES-128', (limits.longestAnswer ?? 65_538) - 2)
  return opening + READ.reduce((sum, file) => sum + Math.ceil((CHIPS[protocol].files.get(file)?.length ?? 0) / room), 0)
}

const figuresOf = (way: string, protocol: Protocol, fast: readonly Measured[], slow: readonly Measured[]): Figure[] => [
  { name: `chip (own share, ${protocol}, ${way})`, unit: 'ms', subject: fast.map(({ own }) => own), floor: null, target: { of: 'p95', atMost: OWN_LIMIT } },
  { name: `chip (whole at ${APDU_DELAY} ms, ${protocol}, ${way})`, unit: 'ms', subject: slow.map(({ whole }) => whole), floor: null, target: { of: 'p95', atMost: WHOLE_LIMIT } },
  { name: `chip (longest block, ${protocol}, ${way})`, unit: 'ms', subject: fast.map(({ block }) => block), floor: null, target: { of: 'p95', atMost: BLOCK_LIMIT } },
]

const commandFigure = (name: string, protocol: Protocol, limits: Partial<CardTransport>, { apdus }: Measured): Figure =>
  ({ name, unit: 'APDUs', subject: [apdus], floor: [leastCommands(protocol, limits)], target: { of: 'ratio', atMost: 1.1 } })

/** Over the virtual reader, with the card in another thread. */
async function overVirtual(protocol: Protocol, progress: (done: number) => void): Promise<Figure[]> {
  const chip = CHIPS[protocol]
  const { card, close } = await startCard(chip.profile)
  const reader = async (delayMs: number): Promise<() => Promise<CardTransport>> => {
    const virtual = createVirtualSource({ cards: [{ id: 'card', name: '', about: '', qr: '', card: () => card }], delayMs })
    const source = await virtual.open(() => undefined)
    virtual.put('card')
    const [slot] = source.slots()
    return () => source.connect(slot?.name ?? '')
  }
  try {
    const [quick, slow] = [await reader(0), await reader(APDU_DELAY)]
    const fast = await series(RUNS, () => measure(chip, quick), progress)
    const delayed = await series(SLOW_RUNS, () => measure(chip, slow), progress)
    return [
      ...figuresOf('virtual', protocol, fast, delayed),
      commandFigure(`chip (commands, ${protocol}, long)`, protocol, {}, await measure(chip, quick)), commandFigure(`chip (commands, ${protocol}, short)`, protocol, SHORT, await measure(chip, quick, SHORT)),
    ]
  } finally {
    await close()
  }
}

/** Waits until the service has seen what was done with the card. */
async function until(hub: Readers, presence: CardPresence): Promise<void> {
  for (const end = Date.now() + 10_000; hub.view().readers[0]?.card !== presence; await sleep(50)) {
    if (Date.now() > end) throw new Error(`the card is never ${presence}`)
  }
}

/** Over the PC/SC service, with a card of another maker, where its packages are installed; nothing elsewhere. */
async function overPcsc(progress: (done: number) => void): Promise<Figure[]> {
  const stack = await openStack()
  if (typeof stack === 'string') {
    tell(`chip: without PC/SC (${stack})`)
    return []
  }
  let readers: Readers | null = null
  try {
    await stack.startService()
    readers = await createReaders({ sources: [openPcsc({ binding: process.env['MOTCUA_PCSC_BINDING'] })], remembered: () => null, remember: () => undefined, changed: () => undefined })
    const card = await stack.card(0)
    const found: Figure[] = []
    for (const protocol of PROTOCOLS) {
      const chip = CHIPS[protocol]
      const named = Object.fromEntries([...chip.files].map(([file, bytes]) => [FILES[file].id.toString(16).padStart(4, '0').toUpperCase(), bytes]))
      const { folder, remove } = chipFolder({ '011C': null, '2F00': null, ...named })
      const hub = readers
      const connect = (): Promise<CardTransport> => hub.connect(hub.view().readers[0]?.name)
      try {
        await card.load(folder, protocol === 'BAC' ? { no_mf: true } : {})
        await card.in()
        await until(hub, 'present')
        const fast = await series(RUNS, () => measure(chip, connect), progress)
        await card.load(folder, { delay_ms: APDU_DELAY, ...(protocol === 'BAC' && { no_mf: true }) })
        found.push(...figuresOf('PC/SC', protocol, fast, await series(SLOW_RUNS, () => measure(chip, connect), progress)))
        await card.out()
        await until(hub, 'absent')
      } finally {
        remove()
      }
    }
    return found
  } finally {
    await readers?.close()
    await stack.close()
  }
}

/** The bytes of a JPEG 2000 face to an image that a window can show. */
async function faceFigure(): Promise<Figure> {
  const bytes = faceOf('anh.jp2')
  for (let run = 0; run < WARM_UP; run += 1) await decodeFace(bytes)
  const subject: number[] = []
  for (let run = 0; run < RUNS; run += 1) subject.push(await timed(() => decodeFace(bytes)))
  return { name: 'chip (JPEG 2000 face)', unit: 'ms', subject, floor: null, target: { of: 'p95', atMost: FACE_LIMIT } }
}

/** Reading and proving a chip: our share of it, the whole on a slow chip, and the commands that it takes. */
export const chipBenchmark: Benchmark = {
  name: 'chip',
  run: async (progress) => {
    const figures: Figure[] = []
    for (const protocol of PROTOCOLS) figures.push(...(await overVirtual(protocol, progress)))
    return [...figures, ...(await overPcsc(progress)), await faceFigure()]
  },
}
