import { expect, test } from 'vitest'
import { systemUsbBus } from '../../../src-main/readers/usb'
import { type NativeDevice, packageBus, type UsbPackage } from '../../../src-main/readers/usb/system-bus'

/** The package as it behaves (`usb` 3.1.0): lends a device to each call, and throws when asked to close it meanwhile. */
function nativeDevice(): NativeDevice & { calls: string[] } {
  let lent = 0
  const calls: string[] = []
  const whole = (name: string): Promise<void> => {
    calls.push(name)
    if (lent > 0) throw new Error('The same native value cannot be borrowed mutably while another borrow is active')
    return Promise.resolve()
  }
  const lend = async <T>(value: T, ms: number): Promise<T> => {
    lent++
    await new Promise((resolve) => setTimeout(resolve, ms))
    lent--
    return value
  }
  return {
    calls, handle: 'h1', vendorId: 1, productId: 2, productName: 'Reader', serialNumber: null, bus: '003', ports: [1, 4],
    get configuration() {
      return { interfaces: [{ interfaceNumber: 0, alternate: { interfaceClass: 11, interfaceName: 'CL', endpoints: [{ endpointNumber: 2, direction: 'in' as const, type: 'bulk' as const, packetSize: 64 }] } }] }
    },
    open: () => whole('open'), close: () => whole('close'), claimInterface: async () => void calls.push('claim'), releaseInterface: () => whole('release'),
    controlTransferIn: async () => ({ data: new DataView(new ArrayBuffer(4), 1, 2) }),
    controlTransferOut: async () => undefined,
    transferIn: (_endpoint, length, timeoutMs) => {
      calls.push(`in ${String(length)} ${String(timeoutMs)}`)
      return lend({}, 40)
    },
    transferOut: async () => {
      throw new Error('transferOut error: Disconnected')
    },
    clearHalt: async () => undefined,
  }
}

type Heard = { attach: (() => void) | null; detach: ((handle: string) => void) | null; log: string[] }

function bundle(devices: () => Promise<readonly NativeDevice[]>, heard: Heard, watchable = true): () => Promise<UsbPackage> {
  return async () => ({
    getDevices: devices,
    emitter: () => ({
      addAttach: async (listener) => {
        if (!watchable) throw new Error('watch refused')
        heard.log.push('watch')
        heard.attach = listener
      },
      removeAttach: async () => void heard.log.push('end'),
      addDetach: async (listener) => {
        heard.detach = listener
      },
      removeDetach: async () => {
        heard.detach = null
      },
    }),
  })
}
const silence = (): Heard => ({ attach: null, detach: null, log: [] })
const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 10))

test('a bus that is not there is named, and nobody watches it', async () => {
  const heard = silence()
  const bus = packageBus(bundle(() => Promise.reject(new Error('getDevices error: /sys/bus/usb/devices/ not found (errno 2)')), heard))
  bus.onAttach(() => undefined)
  await expect(bus.list()).rejects.toMatchObject({ kind: 'noBus' })
  await turn()
  expect(heard.log).toEqual([])
})

test('a missing native part is named, whatever its loader said', async () => {
  await expect(packageBus(() => Promise.reject(new Error('some text'))).list()).rejects.toMatchObject({ kind: 'nativeMissing' })
})

test('watching starts when the bus has been listed and ends with the last listener', async () => {
  const heard = silence()
  const device = nativeDevice()
  const bus = packageBus(bundle(async () => [device], heard))
  const told: string[] = []
  const stops = [bus.onAttach(() => told.push('in')), bus.onDetach((key) => told.push(key))]
  expect((await bus.list())[0]).toMatchObject({ key: 'h1', product: 'Reader', serial: null, path: '3-1.4', classes: [11] })
  await bus.list()
  await turn()
  heard.attach?.()
  heard.detach?.('h1')
  for (const stop of stops) stop()
  await turn()
  expect([told, heard.log]).toEqual([['in', 'h1'], ['watch', 'end']])
})

test('a kernel that does not let itself be watched is no failure', async () => {
  const bus = packageBus(bundle(async () => [], silence(), false))
  bus.onAttach(() => undefined)
  expect(await bus.list()).toEqual([])
  await turn()
})

test('a device whose configuration may not be asked for is listed without classes', async () => {
  const device: NativeDevice = { ...nativeDevice(), get configuration(): never {
    throw new Error('open error: permission denied (errno 13)')
  } }
  expect((await packageBus(bundle(async () => [device], silence())).list())[0]?.classes).toEqual([])
})

test('letting go waits for the transfer that still runs', async () => {
  const device = nativeDevice()
  const bus = packageBus(bundle(async () => [device], silence()))
  await bus.list()
  const connection = await bus.open('h1')
  expect(connection.interfaces()).toMatchObject([{ number: 0, interfaceClass: 11, name: 'CL', endpoints: [{ number: 2, direction: 'in', type: 'bulk', packetSize: 64 }] }])
  const waiting = connection.transferIn(2, 64, 0.4)
  await connection.release(0)
  await connection.close()
  expect(await waiting).toEqual(new Uint8Array(0))
  expect(device.calls).toEqual(['open', 'in 64 1', 'release', 'close'])
})

test('failures of transfers have a name, and data is its own part of the buffer', async () => {
  const bus = packageBus(bundle(async () => [nativeDevice()], silence()))
  await bus.list()
  const connection = await bus.open('h1')
  await expect(connection.transferOut(1, new Uint8Array(1), 10)).rejects.toMatchObject({ kind: 'gone' })
  expect((await connection.controlIn({ requestType: 'class', recipient: 'interface', request: 2, value: 0, index: 0 }, 2, 10)).length).toBe(2)
  await expect(bus.open('other')).rejects.toMatchObject({ kind: 'gone' })
})

test('on Windows the bus is empty: its readers belong to the system\'s own driver', async () => {
  const bus = systemUsbBus('win32')
  expect(await bus.list()).toEqual([])
  bus.onAttach(() => undefined)()
})
