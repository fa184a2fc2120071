import { type UsbFault } from './faults'

export type UsbDirection = 'in' | 'out'
export type UsbEndpoint = Readonly<{ number: number; direction: UsbDirection; type: 'bulk' | 'interrupt' | 'isochronous' | 'control'; packetSize: number }>
export type UsbInterface = Readonly<{ number: number; interfaceClass: number; name: string | null; endpoints: readonly UsbEndpoint[] }>

/** A device as the bus lists it, not opened. `key` is its own while it stays plugged in. */
export type UsbDeviceInfo = Readonly<{
  key: string
  vendorId: number
  productId: number
  product: string | null
  serial: string | null
  /** Bus and ports, such as `1-2.3`: the same after the device was plugged into the same socket again. */
  path: string
  /** Classes of its interfaces; empty where they cannot be known without opening. */
  classes: readonly number[]
}>

export type ControlSetup = Readonly<{ requestType: 'standard' | 'class'; recipient: 'device' | 'interface'; request: number; value: number; index: number }>

/**
 * An opened device. Every call may throw UsbFault. Endpoints go by number (2), not by address (0x82); on one
 * endpoint only one `transferIn` may wait at a time.
 */
export type UsbConnection = Readonly<{
  interfaces(): readonly UsbInterface[]
  claim(interfaceNumber: number): Promise<void>
  release(interfaceNumber: number): Promise<void>
  controlIn(setup: ControlSetup, length: number, timeoutMs: number): Promise<Uint8Array>
  controlOut(setup: ControlSetup, data: Uint8Array, timeoutMs: number): Promise<void>
  /** One transfer; zero bytes are a valid result. */
  transferIn(endpoint: number, length: number, timeoutMs: number): Promise<Uint8Array>
  transferOut(endpoint: number, data: Uint8Array, timeoutMs: number): Promise<void>
  clearHalt(direction: UsbDirection, endpoint: number): Promise<void>
  /** Lets the device go. Never throws. */
  close(): Promise<void>
}>

/** The USB bus of the machine: the real one, none, or that of a test. */
export type UsbBus = Readonly<{
  /** @throws UsbFault noBus, nativeMissing */
  list(): Promise<readonly UsbDeviceInfo[]>
  /** Calls when something was plugged in; may miss it (no udev): look at the list from time to time as well. Gives what ends it. */
  onAttach(listener: () => void): () => void
  onDetach(listener: (key: string) => void): () => void
  /** @throws UsbFault permission, gone */
  open(key: string): Promise<UsbConnection>
}>

const nothing = (): void => undefined

/** A machine on which USB is not ours: with a fault, it says what is missing; without one (Windows, where the system's own driver owns every reader), it is simply empty. */
export function noUsbBus(fault?: UsbFault): UsbBus {
  return {
    list: async () => {
      if (fault) throw fault
      return []
    },
    onAttach: () => nothing,
    onDetach: () => nothing,
    open: async () => {
      throw fault ?? new Error('There is no device on an empty bus.')
    },
  }
}
