import { readFile } from 'node:fs/promises'
import { byteAt } from './bytes'

const DEVICES = '/sys/bus/usb/devices'
const INTERFACE = 4

/** Classes of all interfaces in a text of descriptors (USB 2.0 §9.6.5). */
export function classesIn(descriptors: Uint8Array): readonly number[] {
  const classes = new Set<number>()
  for (let at = 0; at + 2 <= descriptors.length; ) {
    const length = byteAt(descriptors, at)
    if (length < 2) break
    if (byteAt(descriptors, at + 1) === INTERFACE && at + length <= descriptors.length) classes.add(byteAt(descriptors, at + 5))
    at += length
  }
  return [...classes]
}

/**
 * The interface classes of a device as the Linux kernel tells them to everybody: without it, a reader that we may not open
 * could not be told from a mouse that we may not open. null elsewhere.
 * @param path bus and ports, such as `1-2.3`
 */
export async function interfaceClassesOf(path: string): Promise<readonly number[] | null> {
  if (!/^\d+-\d+(\.\d+)*$/.test(path)) return null
  const descriptors = await readFile(`${DEVICES}/${path}/descriptors`).catch(() => null)
  return descriptors && classesIn(descriptors)
}
