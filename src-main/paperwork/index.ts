export { createPaperwork, type Paperwork, type PaperworkDeps } from './paperwork'
export { dayInWords, timeInWords } from './dates'
export { dong, dongInWords } from './money'
