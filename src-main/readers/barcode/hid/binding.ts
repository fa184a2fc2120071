import { access, constants } from 'node:fs/promises'

/** A device with a collection of usage page 0x8C (barcode scanners, HID POS Usage Tables 1.02). */
export type HidInfo = Readonly<{ path: string; vendorId: number; productId: number; serialNumber: string | null; name: string | null }>
export type HidLink = Readonly<{ close: () => Promise<void> }>
export type HidEvents = Readonly<{ report: (bytes: Uint8Array) => void; gone: () => void }>
/** `permission` told apart from other failures where the system allows it. */
export type HidBinding = Readonly<{
  list: () => Promise<readonly HidInfo[]>
  open: (device: HidInfo, events: HidEvents) => Promise<HidLink>
  mayOpen: (path: string) => Promise<boolean>
}>

const BARCODE_PAGE = 0x8c
/** Honeywell readers send keys until they are told that somebody reads reports. */
const HONEYWELL = 0x0c2e
const HONEYWELL_AWAKE = [0xfe, 0x01]

const textOf = (text: string | undefined): string | null => (text === undefined || text.trim() === '' ? null : text.trim().slice(0, 150))

/** The real devices, through npm `node-hid` 3 (hidapi; hidraw on Linux). Loaded when first needed. @throws when it is missing */
export async function systemHid(): Promise<HidBinding> {
  const { default: hid } = await import('node-hid')
  await hid.devicesAsync()
  return {
    list: async () => (await hid.devicesAsync()).flatMap(({ path, vendorId, productId, usagePage, serialNumber, product, manufacturer }) => (
      usagePage === BARCODE_PAGE && path !== undefined ? [{ path, vendorId, productId, serialNumber: textOf(serialNumber), name: textOf(product) ?? textOf(manufacturer) }] : []
    )),
    open: async ({ path, vendorId }, { report, gone }) => {
      const device = await hid.HIDAsync.open(path, { nonExclusive: true })
      device.on('data', (bytes: Buffer) => report(bytes))
      device.on('error', gone)
      if (vendorId === HONEYWELL) await device.sendFeatureReport(HONEYWELL_AWAKE).catch(() => 0)
      return {
        close: async () => {
          device.removeAllListeners('data')
          await device.close().catch(() => undefined)
        },
      }
    },
    mayOpen: async (path) => process.platform !== 'linux' || !path.startsWith('/dev/') || access(path, constants.R_OK | constants.W_OK).then(() => true, () => false),
  }
}
