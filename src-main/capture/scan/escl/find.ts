import { merge } from '../channel'
import { parseCapabilities, type EsclCaps } from './capabilities'
import { type EsclHttp, type Limits } from './http'
import { findByMdns, type MdnsOptions } from './mdns'
import { parsePlace, placeUrl, type Place } from './place'

export type FindOptions = Readonly<{
  http: EsclHttp
  /** Addresses that a person typed, and those where a scanner stood before. */
  addresses: () => readonly string[]
  /** Loopback ports of the IPP-over-USB daemon; empty: not looked at. */
  ports: readonly number[]
  /** Null: the network is not asked. */
  mdns: MdnsOptions | null
}>
export type Found = Readonly<{ place: Place; caps: EsclCaps }>

/** The daemon takes ports from 60000 upwards, one a device. */
export const USB_PORTS: readonly number[] = Array.from({ length: 10 }, (_, index) => 60_000 + index)

const NEAR: Limits = { head: 700, read: 700 }
const FAR: Limits = { head: 4000, read: 2000 }

/** Capabilities of whatever answers at a place; null where nothing does, or it is no scanner. */
export async function probe(http: EsclHttp, place: Place, limits: Limits, signal: AbortSignal): Promise<EsclCaps | null> {
  try {
    const { status, text } = await http.text(place, { method: 'GET', path: `${place.root}/ScannerCapabilities`, limits, signal })
    return status === 200 ? parseCapabilities(text) : null
  } catch {
    return null
  }
}

/** Every eSCL scanner within reach, as they answer. The same one may come by two ways. */
export async function* findScanners({ http, addresses, ports, mdns }: FindOptions, signal: AbortSignal): AsyncGenerator<Found, void, undefined> {
  const at = async function* (place: Place, limits: Limits): AsyncGenerator<Found, void, undefined> {
    const caps = await probe(http, place, limits, signal)
    if (caps) yield { place, caps }
  }
  const typed = [...new Set(addresses().map(parsePlace).filter((place) => place !== null).map(placeUrl))].flatMap((url) => parsePlace(url) ?? [])
  const local = ports.map((port): Place => ({ secure: false, host: '127.0.0.1', port, root: '/eSCL' }))
  const network = async function* () {
    if (!mdns) return
    for await (const { secure, address, port, root } of findByMdns(mdns, signal)) yield* at({ secure, host: address, port, root }, FAR)
  }
  yield* merge([...typed.map((place) => at(place, FAR)), ...local.map((place) => at(place, NEAR)), network()])
}
