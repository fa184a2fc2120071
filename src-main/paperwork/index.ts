export type { CodeSheetData } from './code-sheet'
export { createPaperwork, type Paperwork, type PaperworkDeps } from './paperwork'
