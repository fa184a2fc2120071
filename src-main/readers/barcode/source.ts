import type { DamageKind } from '@contract/code-damage'
import type { CodeReadersView } from '@contract/code-readers'

/** One code as it came from a device. The text is decoded and tidied, not repaired: what it is for decides that. */
export type Scan = Readonly<{
  text: string
  source: 'serial' | 'hid'
  /** Id of the device. */
  device: string
  /** AIM identifier (`]Q3`) where the device tells it. */
  symbology: string | null
  /** Signs that letters were changed on the way; empty for a sound text. */
  damage: readonly DamageKind[]
}>

export type SourceEvents = Readonly<{
  /** Devices or troubles are others than before. */
  changed: () => void
  scanned: (scan: Scan) => void
}>

/** One way to barcode readers. What is missing shows in its view; opening never fails. */
export type BarcodeSource = Readonly<{ view: () => CodeReadersView; close: () => Promise<void> }>
export type OpenBarcodeSource = (events: SourceEvents) => Promise<BarcodeSource>

/** Time as the sources need it; tests give their own. */
export type Later = (ms: number, act: () => void) => () => void
export const later: Later = (ms, act) => {
  const timer = setTimeout(act, ms)
  return () => clearTimeout(timer)
}
