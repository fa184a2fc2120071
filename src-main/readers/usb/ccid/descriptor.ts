import { byteAt, dwordAt } from '../bytes'

/** How much of ISO 7816 the reader does itself (CCID Rev 1.1 §5.1, dwFeatures bits 16 to 18; none set: characters). */
export type ExchangeLevel = 'character' | 'tpdu' | 'short' | 'extended'

export type CcidDescriptor = Readonly<{
  slots: number
  /** What bPowerSelect may be: 1 = 5 V, 2 = 3 V, 3 = 1.8 V. */
  voltages: readonly number[]
  t0: boolean
  t1: boolean
  maxIfsd: number
  level: ExchangeLevel
  autoVoltage: boolean
  /** The reader sets its parameters from the ATR, or negotiates them. */
  autoParameters: boolean
  /** The reader does PPS itself. */
  autoPps: boolean
  /** The reader tells a T=1 card its IFSD itself. */
  autoIfsd: boolean
  maxMessage: number
}>

const LENGTH = 0x36
const TYPE = 0x21
const INTERFACE = 4
const CCID_CLASS = 0x0b
const FEATURE = { autoParameters: 0x02, autoVoltage: 0x08, negotiates: 0x40, autoPps: 0x80, autoIfsd: 0x400, tpdu: 0x10000, short: 0x20000, extended: 0x40000 } as const
/** Header (10) and one short block: no reader that works is below this. */
const LEAST_MESSAGE = 10 + 5
const MOST_MESSAGE = 10 + 65_544

function levelOf(features: number): ExchangeLevel {
  if (features & FEATURE.extended) return 'extended'
  if (features & FEATURE.short) return 'short'
  return features & FEATURE.tpdu ? 'tpdu' : 'character'
}

/** Reads the class descriptor of a CCID interface (CCID Rev 1.1 §5.1); null when it is none. */
export function parseCcidDescriptor(bytes: Uint8Array): CcidDescriptor | null {
  if (bytes.length < LENGTH || byteAt(bytes, 0) < LENGTH || byteAt(bytes, 1) !== TYPE) return null
  const features = dwordAt(bytes, 40)
  const protocols = dwordAt(bytes, 6)
  const voltage = byteAt(bytes, 5)
  const has = (bit: number): boolean => (features & bit) !== 0
  return {
    slots: (byteAt(bytes, 4) & 0x0f) + 1,
    voltages: [1, 2, 3].filter((select) => voltage & (1 << (select - 1))),
    t0: (protocols & 1) !== 0,
    t1: (protocols & 2) !== 0,
    maxIfsd: Math.min(254, Math.max(1, dwordAt(bytes, 28))),
    level: levelOf(features),
    autoVoltage: has(FEATURE.autoVoltage),
    autoParameters: has(FEATURE.autoParameters | FEATURE.negotiates),
    autoPps: has(FEATURE.negotiates | FEATURE.autoPps),
    autoIfsd: has(FEATURE.autoIfsd),
    maxMessage: Math.min(MOST_MESSAGE, Math.max(LEAST_MESSAGE, dwordAt(bytes, 44))),
  }
}

/** Finds the class descriptor of an interface in a configuration descriptor (USB 2.0 §9.6); null when there is none. */
export function findCcidDescriptor(configuration: Uint8Array, interfaceNumber: number): CcidDescriptor | null {
  let inside = false
  for (let at = 0; at + 2 <= configuration.length; ) {
    const length = byteAt(configuration, at)
    if (length < 2 || at + length > configuration.length) return null
    const type = byteAt(configuration, at + 1)
    if (type === INTERFACE) inside = byteAt(configuration, at + 2) === interfaceNumber && byteAt(configuration, at + 5) === CCID_CLASS
    // Some readers put it behind their endpoints, as CCID Rev 1.0 let them: still the same interface.
    else if (inside && type === TYPE) return parseCcidDescriptor(configuration.subarray(at, at + length))
    at += length
  }
  return null
}
