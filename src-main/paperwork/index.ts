export { createPaperwork, type Paperwork, type PaperworkDeps } from './paperwork'
