import { noUsbBus, type UsbBus, type UsbConnection, type UsbDeviceInfo, type UsbInterface } from './bus'
import { faultOf, UsbFault } from './faults'
import { interfaceClassesOf } from './sysfs'

/**
 * The real bus, through npm `usb` 3.x (nusb, no libusb). 3.x and not 2.18, by these facts: its binary comes as an optional package
 * that needs no install script and links libc, libm and libgcc alone, where 2.18 builds or picks a binary when it is installed and
 * links libudev besides; every call is a promise with a time-out; and it was run against a real kernel with hot plug and with
 * unplugging in mid-transfer (`npm run test:usb`). What it lacks, isochronous transfers and devices without WinUSB on Windows,
 * no card reader of ours needs: there PC/SC has the readers. Its traps are shut in this file.
 */

/** What we use of the package; its own types lean on the DOM's WebUSB, which Node does not have. */
type NativeEndpoint = Readonly<{ endpointNumber: number; direction: 'in' | 'out'; type: 'bulk' | 'interrupt' | 'isochronous' | 'control'; packetSize: number }>
type NativeInterface = Readonly<{ interfaceNumber: number; alternate: Readonly<{ interfaceClass: number; interfaceName?: string | null; endpoints: readonly NativeEndpoint[] }> }>
type NativeSetup = Readonly<{ requestType: string; recipient: string; request: number; value: number; index: number }>
export type NativeDevice = Readonly<{
  handle: string
  vendorId: number
  productId: number
  productName: string | null
  serialNumber: string | null
  bus: string
  ports: readonly number[]
  configuration: Readonly<{ interfaces: readonly NativeInterface[] }>
  open(): Promise<void>
  close(): Promise<void>
  claimInterface(number: number): Promise<void>
  releaseInterface(number: number): Promise<void>
  controlTransferIn(setup: NativeSetup, length: number, timeoutMs: number): Promise<Readonly<{ data?: DataView }>>
  controlTransferOut(setup: NativeSetup, data: Uint8Array, timeoutMs: number): Promise<unknown>
  transferIn(endpoint: number, length: number, timeoutMs: number): Promise<Readonly<{ data?: DataView }>>
  transferOut(endpoint: number, data: Uint8Array, timeoutMs: number): Promise<unknown>
  clearHalt(direction: 'in' | 'out', endpoint: number): Promise<void>
}>
type NativeEmitter = Readonly<{ addAttach(heard: () => void): Promise<void>; removeAttach(): Promise<void>; addDetach(heard: (handle: string) => void): Promise<void>; removeDetach(): Promise<void> }>
export type UsbPackage = Readonly<{ getDevices(): Promise<readonly NativeDevice[]>; emitter(): NativeEmitter }>

/** Loaded when it is first needed: an installation without the native file starts all the same. */
async function loadPackage(): Promise<UsbPackage> {
  const [{ usb }, native] = await Promise.all([import('usb'), import('usb/index.js')])
  // The package's addEventListener throws out of a timer when the kernel refuses to be watched; the emitter below it rejects, which can be caught.
  return { getDevices: () => usb.getDevices() as unknown as Promise<readonly NativeDevice[]>, emitter: () => new native.Emitter() }
}

const bytesOf = (data: DataView | undefined): Uint8Array => (data ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength).slice() : new Uint8Array(0))

/** Every call of the package, with its failure named. */
async function named<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act()
  } catch (error) {
    throw faultOf(error)
  }
}

/** A time-out in whole milliseconds: 0 would wait for ever, none at all would be one second. */
const waiting = (ms: number): number => Math.max(1, Math.ceil(ms))

const interfaceOf = ({ interfaceNumber, alternate }: NativeInterface): UsbInterface => ({
  number: interfaceNumber, interfaceClass: alternate.interfaceClass, name: alternate.interfaceName ?? null,
  endpoints: alternate.endpoints.map(({ endpointNumber, direction, type, packetSize }) => ({ number: endpointNumber, direction, type, packetSize })),
})

/**
 * The package lends the device to each call that runs: `close` and `releaseInterface` throw, not even as a promise, while a transfer
 * still waits. So letting go waits for what runs; no wait is longer than its time-out.
 */
function connectionOf(device: NativeDevice): UsbConnection {
  const running = new Set<Promise<unknown>>()
  async function counted<T>(act: () => Promise<T>): Promise<T> {
    const call = named(act)
    const settled = call.then(() => undefined, () => undefined)
    running.add(settled)
    void settled.then(() => running.delete(settled))
    return call
  }
  const quiet = async (): Promise<void> => {
    while (running.size > 0) await Promise.all(running)
  }
  return {
    interfaces: () => device.configuration.interfaces.map(interfaceOf),
    claim: (number) => counted(() => device.claimInterface(number)),
    release: async (number) => {
      await quiet()
      await named(() => device.releaseInterface(number))
    },
    controlIn: (setup, length, timeoutMs) => counted(async () => bytesOf((await device.controlTransferIn(setup, length, waiting(timeoutMs))).data)),
    controlOut: (setup, data, timeoutMs) => counted(async () => void (await device.controlTransferOut(setup, data, waiting(timeoutMs)))),
    transferIn: (endpoint, length, timeoutMs) => counted(async () => bytesOf((await device.transferIn(endpoint, length, waiting(timeoutMs))).data)),
    transferOut: (endpoint, data, timeoutMs) => counted(async () => void (await device.transferOut(endpoint, data, waiting(timeoutMs)))),
    clearHalt: (direction, endpoint) => counted(() => device.clearHalt(direction, endpoint)),
    close: async () => {
      await quiet()
      await named(() => device.close()).catch(() => undefined)
    },
  }
}

const pathOf = ({ bus, ports }: NativeDevice): string => `${Number(bus) || bus}-${ports.join('.')}`

/** Asking an unopened device for its configuration opens it for a moment, and throws where that is not allowed. */
async function classesOf(device: NativeDevice): Promise<readonly number[]> {
  const told = await interfaceClassesOf(pathOf(device))
  if (told) return told
  try {
    return device.configuration.interfaces.map(({ alternate }) => alternate.interfaceClass)
  } catch {
    return []
  }
}

export function packageBus(load: () => Promise<UsbPackage> = loadPackage): UsbBus {
  const attach = new Set<() => void>()
  const detach = new Set<(key: string) => void>()
  const known = new Map<string, Readonly<{ device: NativeDevice; classes: readonly number[] }>>()
  let loading: Promise<UsbPackage> | null = null
  let emitter: NativeEmitter | null = null
  let watching: Promise<unknown> = Promise.resolve()

  const bound = (): Promise<UsbPackage> => (loading ??= load().catch((error: unknown) => {
    throw new UsbFault('nativeMissing', { cause: error })
  }))

  /** Watches for plugging once the bus is known to be there and somebody listens: a watcher keeps the process alive. */
  function watch(bundle: UsbPackage | null): void {
    const wanted = attach.size + detach.size > 0
    if (wanted && !emitter && bundle && ready) {
      const own = bundle.emitter()
      emitter = own
      watching = watching.then(async () => {
        await own.addAttach(() => attach.forEach((listener) => listener()))
        await own.addDetach((handle) => detach.forEach((listener) => listener(handle)))
      }).catch(() => undefined)
    }
    if (!wanted && emitter) {
      const own = emitter
      emitter = null
      watching = watching.then(async () => {
        await own.removeAttach()
        await own.removeDetach()
      }).catch(() => undefined)
    }
  }
  let ready: UsbPackage | null = null

  function subscribe<T>(to: Set<T>, listener: T): () => void {
    to.add(listener)
    watch(ready)
    return () => {
      to.delete(listener)
      watch(ready)
    }
  }

  async function describe(device: NativeDevice): Promise<UsbDeviceInfo> {
    const classes = known.get(device.handle)?.classes ?? (await classesOf(device))
    known.set(device.handle, { device, classes })
    return { key: device.handle, vendorId: device.vendorId, productId: device.productId, product: device.productName, serial: device.serialNumber, path: pathOf(device), classes }
  }

  return {
    list: async () => {
      const bundle = await bound()
      const devices = await named(() => bundle.getDevices())
      ready = bundle
      watch(bundle)
      const present = new Set(devices.map(({ handle }) => handle))
      for (const handle of [...known.keys()]) if (!present.has(handle)) known.delete(handle)
      return Promise.all(devices.map(describe))
    },
    onAttach: (listener) => subscribe(attach, listener),
    onDetach: (listener) => subscribe(detach, listener),
    open: async (key) => {
      const found = known.get(key)
      if (!found) throw new UsbFault('gone')
      await named(() => found.device.open())
      return connectionOf(found.device)
    },
  }
}

/**
 * The bus of this machine. On Windows it is empty: usbccid.sys owns every reader there, and taking one away from it would take it
 * from the tax and signing programs too; readers come through PC/SC.
 */
export const systemUsbBus = (platform: NodeJS.Platform = process.platform): UsbBus => (platform === 'win32' ? noUsbBus() : packageBus())
