import { openPcsc } from './pcsc/source'
import type { OpenSource, ReaderSource } from './transport'
import { openUsbReaders, systemUsbBus, type UsbBus } from './usb'

/**
 * The ways to real readers of this machine: the PC/SC service first, and plain USB only while no service answers. A service takes hold
 * of every reader a moment after it is plugged in, and whoever comes first keeps it from all others: tax and signing programs, too.
 */
export function machineSources({ pcscBinding, usb = systemUsbBus() }: Readonly<{ pcscBinding: string | undefined; usb?: UsbBus }>): readonly OpenSource[] {
  const service: { source: ReaderSource | null } = { source: null }
  const open = openPcsc({ binding: pcscBinding })
  return [
    async (changed) => (service.source = await open(changed)),
    openUsbReaders(usb, { standAside: () => service.source?.trouble() === null }),
  ]
}
