export { noUsbBus, type UsbBus, type UsbConnection, type UsbDeviceInfo } from './bus'
export { type FaultKind, UsbFault } from './faults'
export { openUsbReaders, type UsbSourceOptions } from './source'
export { systemUsbBus } from './system-bus'
