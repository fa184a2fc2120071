import { makerOf } from '@contract/code-makers'
import type { SerialPortInfo } from './binding'

const hex = (number: number | null): string => (number ?? 0).toString(16).padStart(4, '0')

/**
 * A name for a port that stays when its device is plugged in elsewhere: USB numbers and the serial number; without a serial number
 * the path tells two of the same make apart. A port of the board is its path.
 */
export function portId({ path, vendorId, productId, serialNumber }: SerialPortInfo): string {
  if (vendorId === null) return path
  return `usb:${hex(vendorId)}:${hex(productId)}:${serialNumber ?? path}`
}

/** The port that was chosen; when a reader without a serial number comes back under another path, the only one of its make. */
export function findPort(ports: readonly SerialPortInfo[], chosen: string): SerialPortInfo | null {
  const exact = ports.find((port) => portId(port) === chosen)
  if (exact) return exact
  const [make] = /^usb:[0-9a-f]{4}:[0-9a-f]{4}:(?=\/|COM)/iu.exec(chosen) ?? []
  const same = make === undefined ? [] : ports.filter((port) => portId(port).startsWith(make))
  return same.length === 1 ? (same[0] ?? null) : null
}

export const portName = ({ path, name, vendorId }: SerialPortInfo): string => [name ?? makerOf(vendorId)?.name, path].filter((part) => part !== undefined).join(' · ')

/** Ports worth offering: those of USB devices. A port of the board may be offered by name only. */
export const isOffered = ({ vendorId }: SerialPortInfo): boolean => vendorId !== null
