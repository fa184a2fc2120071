export { ScanBar } from './scan-bar'
export { ScanLine } from './scan-line'
export { ScannerDialog } from './scanner-dialog'
export { ScanKeeper, type Scanning, scanAtWork, useScanning } from './use-scanning'
