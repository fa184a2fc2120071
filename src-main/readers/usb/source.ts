import { AppError } from '@contract/errors'
import { type ReaderTrouble } from '@contract/readers'
import { type OpenSource, type ReaderSource } from '../transport'
import { type UsbBus, type UsbDeviceInfo } from './bus'
import { appErrorOf, faultOf, type UsbFault } from './faults'
import { CCID_CLASS, openReader, type ReaderOptions, type UsbReader } from './reader'

export type UsbSourceOptions = ReaderOptions & Readonly<{
  /**
   * True while the PC/SC service of the machine answers: it has the readers then, and nothing is opened here. Asked at
   * every look at the bus; a reader that is ours already stays so while one of its cards is held.
   */
  standAside?: () => boolean
  /** Between looks at the list, in ms: where udev does not run nothing tells of a new device. */
  scanMs?: number
}>

const SCAN_MS = 3000

/** The readers on a USB bus that no PC/SC service holds, through our own CCID layer. */
export function openUsbReaders(bus: UsbBus, { standAside = () => false, scanMs = SCAN_MS, ...reader }: UsbSourceOptions = {}): OpenSource {
  return async (changed) => {
    const open = new Map<string, UsbReader>()
    const refused = new Map<string, UsbFault>()
    let busFault: UsbFault | null = null
    let closed = false
    let scanning: Promise<void> | null = null
    let again = false
    let timer: NodeJS.Timeout | null = null
    let shown = ''

    const slots = () => [...open.values()].flatMap((each) => each.slots())

    function trouble(): ReaderTrouble | null {
      const worst = busFault ?? [...refused.values()].sort((left, right) => Number(right.kind === 'permission') - Number(left.kind === 'permission'))[0]
      if (!worst) return null
      const { code, params } = appErrorOf(worst)
      return { kind: 'usb', code, params }
    }

    /** Tells only what is other than before. */
    function tell(): void {
      const now = JSON.stringify([slots().map(({ name, card, atr, slot }) => [name, card, slot, atr && [...atr]]), trouble()])
      if (closed || now === shown) return
      shown = now
      changed()
    }

    async function drop(key: string): Promise<void> {
      const old = open.get(key)
      open.delete(key)
      old?.gone()
      tell()
      await old?.close()
    }

    async function take(info: UsbDeviceInfo): Promise<void> {
      let mine: UsbReader | null = null
      try {
        mine = await openReader(bus, info, { changed: tell, lost: () => void (open.get(info.key) === mine && drop(info.key).then(scan)) }, reader)
        refused.delete(info.key)
        if (isClosed()) await mine.close()
        else open.set(info.key, mine)
      } catch (error) {
        const fault = faultOf(error)
        // Pulled out meanwhile: the list will not have it any more.
        if (fault.kind !== 'gone') refused.set(info.key, fault)
      }
    }

    const isClosed = (): boolean => closed

    async function look(): Promise<void> {
      const aside = standAside()
      const found = aside ? [] : (await bus.list()).filter(({ classes }) => classes.includes(CCID_CLASS))
      const keys = new Set(found.map(({ key }) => key))
      busFault = null
      for (const key of [...refused.keys()]) if (!keys.has(key)) refused.delete(key)
      for (const [key, each] of [...open]) if (!keys.has(key) && !(aside && each.taken())) await drop(key)
      for (const info of found) if (!open.has(info.key) && !isClosed()) await take(info)
    }

    async function looks(): Promise<void> {
      do {
        again = false
        await look().catch((error: unknown) => {
          busFault = faultOf(error)
        })
        tell()
      } while (askedAgain() && !isClosed())
      scanning = null
    }
    const askedAgain = (): boolean => again

    function scan(): Promise<void> {
      if (isClosed()) return Promise.resolve()
      again = true
      scanning ??= looks()
      return scanning
    }

    function later(): void {
      timer = setTimeout(() => void scan().then(() => { if (!isClosed()) later() }), scanMs)
      timer.unref()
    }

    await scan()
    const stops = [bus.onAttach(() => void scan()), bus.onDetach((key) => void drop(key))]
    later()

    const source: ReaderSource = {
      kind: 'usb',
      slots,
      trouble,
      connect: async (name) => {
        for (const each of open.values()) {
          const connecting = each.connect(name)
          if (connecting) return connecting
        }
        throw new AppError('TB-007')
      },
      close: async () => {
        closed = true
        if (timer) clearTimeout(timer)
        for (const stop of stops) stop()
        await scanning
        await Promise.all([...open.keys()].map(drop))
      },
    }
    return source
  }
}
