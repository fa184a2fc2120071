import { makerOf } from '@contract/code-makers'
import type { CodeReadersView, CodeReaderTrouble, CodeReaderView } from '@contract/code-readers'
import type { ErrorCode } from '@contract/errors'
import { readerErrors } from '@contract/errors/readers'
import { retryAfter } from '../backoff'
import { decodeScan } from '../decode'
import { later as realLater, type BarcodeSource, type Later, type SourceEvents } from '../source'
import { type HidBinding, type HidInfo, type HidLink, systemHid } from './binding'
import { createReportJoiner } from './reports'

/** How often devices are looked for, in milliseconds: hidapi tells of none that comes. */
export const LOOK_EVERY_MS = 1500

export type HidOptions = Readonly<{ load?: () => Promise<HidBinding>; later?: Later; now?: () => number }>
type Seat = { info: HidInfo; link: HidLink | null; code: ErrorCode | null; failures: number; notBefore: number }

const hex = (number: number): string => number.toString(16).padStart(4, '0')
const idOf = ({ vendorId, productId, serialNumber, path }: HidInfo): string => `hid:${hex(vendorId)}:${hex(productId)}:${serialNumber ?? path}`
const nameOf = ({ name, vendorId }: HidInfo): string => name ?? makerOf(vendorId)?.name ?? 'HID-POS'

/** Barcode readers in HID-POS mode. They can be nothing else, so each is opened as soon as it is plugged in. */
export async function openHid({ load = systemHid, later = realLater, now = () => performance.now() }: HidOptions, { changed, scanned }: SourceEvents): Promise<BarcodeSource> {
  let binding: HidBinding
  try {
    binding = await load()
  } catch {
    const troubles: CodeReaderTrouble[] = [{ source: 'hid', id: null, code: readerErrors.nativeMissing, params: { part: 'HID-POS' } }]
    return { view: () => ({ readers: [], troubles }), close: async () => undefined }
  }
  const seats = new Map<string, Seat>()
  let closed = false
  let told = ''
  let cancel = (): void => undefined

  const view = (): CodeReadersView => {
    const all = [...seats.values()]
    return {
      readers: all.map(({ info, link }): CodeReaderView => ({ id: idOf(info), source: 'hid', name: nameOf(info), maker: makerOf(info.vendorId)?.name ?? null, state: link ? 'open' : 'trouble' })),
      troubles: all.flatMap(({ info, code }): CodeReaderTrouble[] => (code === null ? [] : [{ source: 'hid', id: idOf(info), code, params: { device: nameOf(info) } }])),
    }
  }
  const news = (): void => {
    const next = JSON.stringify(view())
    if (closed || next === told) return
    told = next
    changed()
  }
  const drop = (path: string): void => {
    const seat = seats.get(path)
    seats.delete(path)
    void seat?.link?.close()
  }
  const open = async (seat: Seat): Promise<void> => {
    const { info } = seat
    const joiner = createReportJoiner()
    const report = (bytes: Uint8Array): void => {
      const whole = joiner.push(bytes)
      if (whole === null || closed) return
      seat.code = whole === 'tooLong' ? readerErrors.codeTooLong : null
      if (whole !== 'tooLong') {
        const { text, symbology, damage } = decodeScan(whole)
        if (text !== '') scanned({ text, source: 'hid', device: idOf(info), symbology, damage })
      }
      news()
    }
    const gone = (): void => {
      if (seats.get(info.path) === seat) drop(info.path)
      news()
    }
    try {
      const link = await binding.open(info, { report, gone })
      if (closed || seats.get(info.path) !== seat) await link.close()
      else Object.assign(seat, { link, code: null, failures: 0 })
    } catch {
      seat.code = await binding.mayOpen(info.path) ? readerErrors.codePortBusy : readerErrors.codeNotPermitted
      seat.notBefore = now() + retryAfter(seat.failures)
      seat.failures += 1
    }
  }
  const look = async (): Promise<void> => {
    const found = await binding.list().catch((): readonly HidInfo[] => [])
    if (closed) return
    const paths = new Set(found.map(({ path }) => path))
    for (const path of [...seats.keys()]) if (!paths.has(path)) drop(path)
    for (const info of found) if (!seats.has(info.path)) seats.set(info.path, { info, link: null, code: null, failures: 0, notBefore: 0 })
    await Promise.all([...seats.values()].filter((seat) => !seat.link && seat.notBefore <= now()).map(open))
    news()
  }
  let looking = look()
  const round = (): void => {
    cancel = later(LOOK_EVERY_MS, () => {
      looking = look().finally(() => {
        if (!closed) round()
      })
    })
  }
  await looking
  round()
  return {
    view,
    close: async () => {
      closed = true
      cancel()
      await looking
      await Promise.all([...seats.values()].map(async ({ link }) => link?.close()))
    },
  }
}
