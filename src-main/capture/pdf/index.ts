export { writePdf, writePdfFile, type Sink } from './writer'
export type { PdfAbout } from './metadata'
export type { PdfPage, PdfWord } from './page-image'
