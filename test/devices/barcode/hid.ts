import type { HidBinding, HidEvents, HidInfo } from '../../../src-main/readers/barcode/hid/binding'

const SIZE = 64
const MOST = 56

/** Reports of a Newland reader (NLS-FM420 guide): data from byte 2, symbology at 62, "continued" at 63. */
export function newlandReports(code: Uint8Array, symbology = 0x73): Uint8Array[] {
  return cut(code).map((part, index, all) => {
    const report = new Uint8Array(SIZE)
    report.set([2, part.length])
    report.set(part, 2)
    report.set([symbology, index < all.length - 1 ? 1 : 0], 62)
    return report
  })
}

/** Reports with the AIM identifier in front (Access-IS manual; Honeywell and Zebra alike): data from byte 5, symbology at 61. */
export function aimReports(code: Uint8Array, aim = ']Q3', symbology = 0x73): Uint8Array[] {
  return cut(code).map((part, index, all) => {
    const report = new Uint8Array(SIZE)
    report.set([2, part.length, ...Buffer.from(aim)])
    report.set(part, 5)
    report.set([symbology, 0, index < all.length - 1 ? 1 : 0], 61)
    return report
  })
}

const cut = (code: Uint8Array): Uint8Array[] => Array.from({ length: Math.max(1, Math.ceil(code.length / MOST)) }, (_, index) => code.slice(index * MOST, (index + 1) * MOST))

/** The two reports printed in the Access-IS LSR118 manual (B.1.1): 60 bytes of a boarding pass. */
export const PRINTED_PASS = 'M1GATHERGOOD/MICHAEL  YABCDEF LHRDURAK 3542 052Y003D23  100'

/** A hub that readers are plugged into and pulled out of; `refuse` makes opening fail. */
export function createHidBench() {
  const devices = new Map<string, HidInfo>()
  const open = new Map<string, HidEvents>()
  const refused = new Map<string, 'busy' | 'forbidden'>()
  let opened = 0
  const binding: HidBinding = {
    list: async () => [...devices.values()],
    open: async ({ path }, events) => {
      if (refused.has(path) || !devices.has(path)) throw new Error(`cannot open device with path ${path}`)
      opened += 1
      open.set(path, events)
      return { close: async () => void open.delete(path) }
    },
    mayOpen: async (path) => refused.get(path) !== 'forbidden',
  }
  return {
    binding,
    plug: (info: HidInfo) => void devices.set(info.path, info),
    pull: (path: string) => {
      devices.delete(path)
      open.get(path)?.gone()
    },
    refuse: (path: string, why: 'busy' | 'forbidden' | null) => void (why === null ? refused.delete(path) : refused.set(path, why)),
    send: (path: string, reports: readonly Uint8Array[]) => {
      for (const report of reports) open.get(path)?.report(report)
    },
    isOpen: (path: string) => open.has(path),
    opened: () => opened,
  }
}
