import { slotKindOf } from '../slots'
import { type CardTransport, type ReaderSlot } from '../transport'
import { type UsbBus, type UsbConnection, type UsbDeviceInfo, type UsbInterface } from './bus'
import { type CcidDescriptor, findCcidDescriptor } from './ccid/descriptor'
import { createLink, LINK_LIMITS, type LinkLimits } from './ccid/link'
import { type InterruptPipe, watchSlots } from './ccid/notices'
import { createSlot } from './ccid/slot'
import { UsbFault } from './faults'
import { createSeat, type Seat } from './slot-seat'

export const CCID_CLASS = 0x0b
const OWN_MS = 2000
const MOST_CONFIGURATION = 4096

/** An opened USB device with all its slots. */
export type UsbReader = Readonly<{
  slots(): readonly ReaderSlot[]
  /** null when the slot is not this reader's. */
  connect(name: string): Promise<CardTransport> | null
  /** Somebody holds one of its cards. */
  taken(): boolean
  /** It was pulled out: sessions end with TB-007. */
  gone(): void
  /** Lets the device go. Never throws. */
  close(): Promise<void>
}>

export type ReaderEvents = Readonly<{ changed: () => void; /** It has to be opened again. */ lost: () => void }>
export type ReaderOptions = Readonly<{ limits?: LinkLimits }>

type Part = Readonly<{ number: number; name: string | null; descriptor: CcidDescriptor; bulkIn: number; bulkOut: number; packetSize: number; interrupt: InterruptPipe | null }>

/** A name that stays when the reader is plugged in again: what it calls itself, and its serial number or its socket. */
export const deviceName = ({ product, serial, path, vendorId, productId }: UsbDeviceInfo): string => {
  const hex = (id: number): string => id.toString(16).padStart(4, '0')
  return `${product?.trim() || `USB ${hex(vendorId)}:${hex(productId)}`} [${serial?.trim() || path}]`
}

const slotName = (device: string, index: number): string => `${device} ${String(index).padStart(2, '0')}`

/** The CCID interfaces of a device, with their class descriptors and endpoints. */
async function partsOf(connection: UsbConnection): Promise<readonly Part[]> {
  const configuration = await connection.controlIn({ requestType: 'standard', recipient: 'device', request: 6, value: 0x0200, index: 0 }, MOST_CONFIGURATION, OWN_MS)
  return connection.interfaces().flatMap((face): Part[] => {
    const descriptor = face.interfaceClass === CCID_CLASS ? findCcidDescriptor(configuration, face.number) : null
    const bulkIn = endpointOf(face, 'in', 'bulk')
    const bulkOut = endpointOf(face, 'out', 'bulk')
    const interrupt = endpointOf(face, 'in', 'interrupt')
    if (!descriptor || !bulkIn || !bulkOut) return []
    const pipe = interrupt && { endpoint: interrupt.number, packetSize: Math.max(1, interrupt.packetSize) }
    return [{ number: face.number, name: face.name, descriptor, bulkIn: bulkIn.number, bulkOut: bulkOut.number, packetSize: Math.max(8, bulkIn.packetSize), interrupt: pipe ?? null }]
  })
}

const endpointOf = ({ endpoints }: UsbInterface, direction: 'in' | 'out', type: 'bulk' | 'interrupt') =>
  endpoints.find((endpoint) => endpoint.direction === direction && endpoint.type === type)

/**
 * Opens a device and claims its CCID interfaces.
 * @throws UsbFault permission, busy (another program has it), gone, other (no CCID after all)
 */
export async function openReader(bus: UsbBus, info: UsbDeviceInfo, { changed, lost }: ReaderEvents, { limits = LINK_LIMITS }: ReaderOptions = {}): Promise<UsbReader> {
  const connection = await bus.open(info.key)
  const claimed: number[] = []
  const letGo = async (): Promise<void> => {
    for (const number of claimed) await connection.release(number).catch(() => undefined)
    await connection.close()
  }
  try {
    const parts = await partsOf(connection)
    if (parts.length === 0) throw new UsbFault('other')
    for (const { number } of parts) {
      await connection.claim(number)
      claimed.push(number)
    }
    return run(parts)
  } catch (error) {
    await letGo()
    throw error
  }

  function run(parts: readonly Part[]): UsbReader {
    const seats = new Map<string, Seat>()
    const device = deviceName(info)
    const watches = parts.map((part) => {
      const link = createLink({ connection, interfaceNumber: part.number, bulkIn: part.bulkIn, bulkOut: part.bulkOut, packetSize: part.packetSize, descriptor: part.descriptor }, lost, limits)
      const own = Array.from({ length: part.descriptor.slots }, (_, index) => {
        const name = slotName(device, seats.size)
        const words = `${info.product ?? ''}${part.name ? ` [${part.name}]` : ''}`
        const seat = createSeat({ name, slot: createSlot(link, index), kindOf: (atr) => slotKindOf(words, atr), changed })
        seats.set(name, seat)
        return seat
      })
      for (const seat of own) seat.look(false)
      return watchSlots(connection, part.interrupt, own.length, {
        look: (removed) => own.forEach((seat, index) => seat.look(removed.includes(index))),
        gone: lost,
      })
    })
    const gone = (): void => {
      for (const seat of seats.values()) seat.gone()
    }
    return {
      slots: () => [...seats.values()].map((seat) => seat.view()),
      connect: (name) => seats.get(name)?.connect() ?? null,
      taken: () => [...seats.values()].some((seat) => seat.taken()),
      gone,
      close: async () => {
        gone()
        await Promise.all([...watches.map((watch) => watch.stop()), letGo()])
      },
    }
  }
}
