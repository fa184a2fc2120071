import type { UsbBus } from '../usb'
import { packageBus } from '../usb/system-bus'

/**
 * The bus that ticket printers hang on. Other than for card readers it is asked on Windows, too: a printer with the WinUSB driver can
 * be opened there; one with the system's own driver is refused (IN-008) and is reached by its queue.
 */
export const ticketBus = (): UsbBus => packageBus()
