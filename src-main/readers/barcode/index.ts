export { type BarcodeReaders, type BarcodeReadersDeps, createBarcodeReaders } from './hub'
export type { Scan } from './source'
export { type GreyImage, readCodes, type ReadCode, warmUpCodes } from './image'
