import { type ScanDevice } from '@contract/capture'
import { AppError } from '@contract/errors'
import { captureErrors } from '@contract/errors/capture'
import { type ScanDriver } from '../types'
import { toScanCaps, type EsclCaps } from './capabilities'
import { findScanners, probe, USB_PORTS } from './find'
import { createEsclHttp, type HttpNotes } from './http'
import { ESCL_TIMING, runJob, type EsclTiming } from './job'
import { MDNS, type MdnsOptions } from './mdns'
import { parsePlace, placeUrl, type Place } from './place'

export type EsclOptions = Readonly<{
  /** Addresses typed by a person: `192.168.1.20`, with port, or a whole URL. */
  addresses?: () => readonly string[]
  /** Loopback ports of the IPP-over-USB daemon; empty: not looked at. */
  ports?: readonly number[]
  /** Null: the network is not asked. */
  mdns?: MdnsOptions | null
  /** Where a device stood last, by id: asked first when a scan begins before a list. */
  places?: Readonly<{ get: (id: string) => string | undefined; set: (id: string, url: string) => void }>
  notes?: HttpNotes
  timing?: Partial<EsclTiming>
}>
type Known = Readonly<{ place: Place; caps: EsclCaps }>

/** Network scanners and driverless USB ones (through ipp-usb), without anything to install; the same on Windows and Linux. */
export function createEsclDriver({ addresses = () => [], ports = USB_PORTS, mdns = MDNS, places, notes = {}, timing = {} }: EsclOptions = {}): ScanDriver {
  const http = createEsclHttp(notes)
  const clock = { ...ESCL_TIMING, ...timing }
  const known = new Map<string, Known>()
  const learn = (found: Known): ScanDevice => {
    const device = deviceOf(found)
    known.set(device.id, found)
    places?.set(device.id, placeUrl(found.place))
    return device
  }

  async function* list(signal: AbortSignal): AsyncGenerator<ScanDevice, void, undefined> {
    const told = new Set<string>()
    for await (const found of findScanners({ http, addresses, ports, mdns }, signal)) {
      const id = deviceOf(found).id
      if (told.has(id)) continue
      told.add(id)
      yield learn(found)
    }
  }

  /** The scanner where it was last, asked anew; if another one stands there or none, the network is searched for it. @throws AppError QT-001, QT-003 */
  const find = async (device: ScanDevice, signal: AbortSignal): Promise<Known> => {
    const url = places?.get(device.id) ?? (device.id.startsWith('escl:http') ? device.id.slice(5) : undefined)
    const last = known.get(device.id)?.place ?? (url === undefined ? null : parsePlace(url))
    if (last) {
      const caps = await probe(http, last, clock.quick, signal)
      if (caps && deviceOf({ place: last, caps }).id === device.id) {
        learn({ place: last, caps })
        return { place: last, caps }
      }
    }
    for await (const found of list(signal)) {
      const now = known.get(found.id)
      if (found.id === device.id && now) return now
    }
    if (signal.aborted) throw new AppError(captureErrors.cancelled)
    throw new AppError(last ? captureErrors.offline : captureErrors.noDevice)
  }

  return {
    kind: 'escl',
    list,
    capabilities: async (device, signal) => toScanCaps((await find(device, signal)).caps),
    scan: async function* (device, wish, folder, signal) {
      const { place, caps } = known.get(device.id) ?? await find(device, signal)
      try {
        yield* runJob({ http, place, caps, wish, folder, timing: clock, signal })
      } catch (error) {
        // The next scan asks again where the device stands: its address may have changed.
        if (error instanceof AppError && (error.code === captureErrors.offline || error.code === captureErrors.noDevice)) known.delete(device.id)
        throw error
      }
    },
    likeness: (device) => {
      const found = known.get(device.id)
      return found ? { hosts: [found.place.host.toLowerCase()], name: found.caps.name, second: false } : null
    },
  }
}

/** The UUID stays when the address changes; a device without one is known by its address. */
function deviceOf({ place, caps }: Known): ScanDevice {
  const id = caps.uuid === '' ? `escl:${placeUrl(place)}` : `escl:${caps.uuid}`
  return { id: id.slice(0, 500), kind: 'escl', name: caps.name || place.host, simulated: false }
}
