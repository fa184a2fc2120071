import type { SerialSettings } from '@contract/code-readers'

/** A serial port as the system lists it. USB numbers are null for ports that are on no USB device. */
export type SerialPortInfo = Readonly<{ path: string; vendorId: number | null; productId: number | null; serialNumber: string | null; name: string | null }>
export type SerialLink = Readonly<{ close: () => Promise<void> }>
export type SerialEvents = Readonly<{ data: (bytes: Uint8Array) => void; gone: () => void }>

/** What we use of serial ports. Errors are those of the package, told apart in `faults.ts`. */
export type SerialBinding = Readonly<{
  list: () => Promise<readonly SerialPortInfo[]>
  open: (path: string, settings: SerialSettings, events: SerialEvents) => Promise<SerialLink>
}>

const numberOf = (hexadecimal: string | undefined): number | null => (hexadecimal !== undefined && /^(?:0x)?[0-9a-f]{1,4}$/iu.test(hexadecimal) ? Number.parseInt(hexadecimal, 16) : null)
const textOf = (text: string | undefined): string | null => (text === undefined || text.trim() === '' ? null : text.trim().slice(0, 150))

/** What we use of a listed port; the package's own types name a package of types that it does not bring. `friendlyName`: Windows only. */
type ListedPort = Readonly<{ path: string; vendorId?: string; productId?: string; serialNumber?: string; manufacturer?: string; friendlyName?: string }>

/** The real ports, through npm `serialport` 13. Loaded when first needed. @throws when the package or its native file is missing */
export async function systemSerial(): Promise<SerialBinding> {
  const { SerialPort } = await import('serialport')
  return {
    list: async () => (await SerialPort.list() as readonly ListedPort[]).map((port) => ({
      path: port.path, vendorId: numberOf(port.vendorId), productId: numberOf(port.productId), serialNumber: textOf(port.serialNumber),
      name: textOf(port.friendlyName) ?? textOf(port.manufacturer),
    })),
    open: (path, settings, { data, gone }) => new Promise((resolve, reject) => {
      const port = new SerialPort({ path, ...settings, autoOpen: false, highWaterMark: 4096 })
      let open = false
      port.on('data', (bytes: Buffer) => data(bytes))
      // A pulled cable ends in `close`, or in a failed read (EIO) after which the package stays open and silent.
      const lost = (): void => {
        if (!open) return
        open = false
        if (port.isOpen) port.close(() => undefined)
        gone()
      }
      port.on('error', lost)
      port.once('close', lost)
      port.open((error) => {
        if (error) {
          reject(error)
          return
        }
        open = true
        resolve({
          close: () => new Promise((closed) => {
            open = false
            if (port.isOpen) port.close(() => closed())
            else closed()
          }),
        })
      })
    }),
  }
}
