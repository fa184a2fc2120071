import type { CodeReadersView, SerialChoice } from '@contract/code-readers'
import type { HidBinding } from './hid/binding'
import { openHid } from './hid/source'
import type { SerialBinding } from './serial/binding'
import { openSerial } from './serial/source'
import type { Later, Scan } from './source'

export type BarcodeReadersDeps = Readonly<{
  /** Serial ports that were chosen as readers. */
  choices: readonly SerialChoice[]
  /** A code was read. One call for one code: the same code of the same reader within half a second is taken once. */
  scanned: (scan: Scan) => void
  /** Readers or troubles are others than before. */
  changed: () => void
  /** For tests; the machine's own otherwise. */
  serial?: () => Promise<SerialBinding>
  hid?: () => Promise<HidBinding>
  later?: Later
  now?: () => number
}>

export type BarcodeReaders = Readonly<{
  view: () => CodeReadersView
  /** Lets go of all serial ports and takes these. */
  choose: (choices: readonly SerialChoice[]) => Promise<void>
  close: () => Promise<void>
}>

/** A reader that is held over a code for long reads it again and again. */
const SAME_AGAIN_MS = 500

/** All barcode readers that send bytes, as one stream of codes. Never throws; what does not work stands in the view. */
export async function createBarcodeReaders({ choices, scanned, changed, serial, hid, later, now = () => performance.now() }: BarcodeReadersDeps): Promise<BarcodeReaders> {
  const last = new Map<string, Readonly<{ text: string; at: number }>>()
  let closed = false
  let ready = false
  const once = (scan: Scan): void => {
    const before = last.get(scan.device)
    last.set(scan.device, { text: scan.text, at: now() })
    if (closed || (before?.text === scan.text && now() - before.at < SAME_AGAIN_MS)) return
    scanned(scan)
  }
  const events = { scanned: once, changed: () => {
    if (ready && !closed) changed()
  } }
  const time = later === undefined ? {} : { later }
  const [ports, devices] = await Promise.all([
    openSerial({ choices, ...time, ...(serial === undefined ? {} : { load: serial }) }, events),
    openHid({ ...time, now, ...(hid === undefined ? {} : { load: hid }) }, events),
  ])
  ready = true
  return {
    view: () => {
      const [one, other] = [ports.view(), devices.view()]
      return { readers: [...one.readers, ...other.readers], troubles: [...one.troubles, ...other.troubles] }
    },
    choose: (wanted) => ports.choose(wanted),
    close: async () => {
      closed = true
      await Promise.all([ports.close(), devices.close()])
    },
  }
}
