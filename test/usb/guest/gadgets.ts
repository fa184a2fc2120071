import { spawnSync } from 'node:child_process'
import { closeSync, constants, existsSync, mkdirSync, openSync, readdirSync, readFileSync, realpathSync, symlinkSync, writeFileSync, writeSync } from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/** USB devices that the guest's kernel plays at one end (gadget drivers on dummy_hcd) and uses at the other. */

const ROOT = '/sys/kernel/config/usb_gadget'
export type Identity = Readonly<{ vendorId: number; productId: number; maker: string; product: string; serial: string }>
type Plug = Readonly<{ plug: () => void; pull: () => void; attribute: (name: string) => string }>

let made = 0

/** One device with one function, on a bus of its own. */
function device({ vendorId, productId, maker, product, serial }: Identity, kind: string, options: Readonly<Record<string, string | Uint8Array>>): Plug {
  if (!existsSync(ROOT)) spawnSync('mount', ['-t', 'configfs', 'none', '/sys/kernel/config'])
  const number = made++
  const at = (...parts: string[]): string => join(ROOT, `g${String(number)}`, ...parts)
  const set = (path: string, value: string | Uint8Array | number): void => writeFileSync(at(path), typeof value === 'number' ? `0x${value.toString(16)}` : value)
  const work = `functions/${kind}.${String(number)}`
  for (const folder of ['', 'strings/0x409', work, 'configs/c.1']) mkdirSync(at(folder))
  set('idVendor', vendorId)
  set('idProduct', productId)
  for (const [name, text] of [['manufacturer', maker], ['product', product], ['serialnumber', serial]] as const) set(`strings/0x409/${name}`, text)
  for (const [name, value] of Object.entries(options)) set(`${work}/${name}`, value)
  symlinkSync(at(work), at('configs/c.1', basename(work)))
  return {
    plug: () => set('UDC', `dummy_udc.${String(number)}`),
    pull: () => set('UDC', '\n'),
    attribute: (name) => readFileSync(at(work, name), 'utf8').trim(),
  }
}

/**
 * An input report of 64 bytes with the number 2: length, AIM identifier, 56 bytes of the code, the maker's symbology, "continued"
 * (HID POS Usage Tables 1.02, page 0x8C: Bar Code Scanner 02, Scanned Data Report 12, Symbology Identifier FB…FD, Decoded Data FE,
 * Decode Data Continued FF).
 */
const BARCODE_REPORTS = Buffer.from([
  '058c', '0902', 'a101', '0912', 'a102', '8502', '150026ff007508', '0501', '093b', '9501', '8102', '058c', '09fb09fc09fd', '9503', '8102',
  '09fe', '9538', '82 0201', '0666ff', '0904', '9502', '8102', '058c', '09ff', '2501', '7501', '9501', '8102', '9507', '8103', 'c0', 'c0',
].join('').replaceAll(' ', ''), 'hex')

export type HidScanner = Readonly<{
  plug: () => Promise<void>
  pull: () => Promise<void>
  /** Sends reports one after the other, each when the one before it was fetched. */
  send: (reports: readonly Uint8Array[]) => Promise<void>
  /** The next feature report that the other side sends. */
  told: () => Promise<Uint8Array>
}>

/** A barcode reader in HID-POS mode. */
export function hidScanner(identity: Identity): HidScanner {
  // Without an endpoint for output, what the other side sends over the control endpoint can be read.
  const { plug, pull, attribute } = device(identity, 'hid', { report_length: '64', no_out_endpoint: '1', report_desc: BARCODE_REPORTS })
  const path = `/dev/hidg${attribute('dev').split(':')[1] ?? ''}`
  let handle: FileHandle | null = null
  const held = (): FileHandle => {
    if (!handle) throw new Error('not plugged in')
    return handle
  }
  return {
    plug: async () => {
      plug()
      handle = await open(path, 'r+')
    },
    // A handle left open would keep the old device.
    pull: async () => {
      await handle?.close()
      handle = null
      pull()
    },
    send: async (reports) => {
      for (const report of reports) await held().write(report)
    },
    told: async () => {
      const { buffer, bytesRead } = await held().read(Buffer.alloc(64), 0, 64, null)
      return buffer.subarray(0, bytesRead)
    },
  }
}

export type SerialDevice = Readonly<{ plug: () => void; pull: () => void; send: (bytes: Uint8Array) => void }>

/** A device with a serial port (CDC-ACM): a barcode reader in USB-COM mode, or anything else. */
export function serialDevice(identity: Identity): SerialDevice {
  const { plug, pull, attribute } = device(identity, 'acm', {})
  const path = `/dev/ttyGS${attribute('port_num')}`
  let file: number | null = null
  return {
    plug: () => {
      plug()
      file = openSync(path, constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK)
      spawnSync('stty', ['raw', '-echo'], { stdio: [file, 'ignore', 'inherit'] })
    },
    pull: () => {
      if (file !== null) closeSync(file)
      file = null
      pull()
    },
    send: (bytes) => {
      if (file === null) throw new Error('not plugged in')
      writeSync(file, bytes)
    },
  }
}

/** The place of a port's device in the system, by its USB serial number; null while it is not there. */
function portOf(serial: string): Readonly<{ path: string; folder: string }> | null {
  for (const name of readdirSync('/sys/class/tty').filter((one) => one.startsWith('ttyACM'))) {
    const folder = dirname(realpathSync(`/sys/class/tty/${name}/device`))
    if (readFileSync(join(folder, 'serial'), 'utf8').trim() === serial) return { path: `/dev/${name}`, folder }
  }
  return null
}

/** How many transfers the system has asked a port's device for: opening it asks for some, listing it for none. */
export function transfersOf(serial: string): number {
  const port = portOf(serial)
  if (!port) throw new Error(`no port of ${serial}`)
  return Number(readFileSync(join(port.folder, 'urbnum'), 'utf8'))
}

export const pathOf = (serial: string): string => portOf(serial)?.path ?? ''
