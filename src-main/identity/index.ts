export { cardDoubts } from './card-doubts'
export { checkCard, MAX_QR_TEXT, parseCardQr, readCardQr } from './card-qr'
export { crossCheck, normaliseIdNumber, readIdNumber, type IdNumberFacts, type PersonFacts } from './id-number'
export { findProvince, provinceOfBirthCode } from './provinces'
export type { ChipDesk, TrustStore } from './chip-desk'
export type { Mrz } from './lds'

/** What is known of machine-readable zones; loaded with the first paper. */
export const mrzTools = async () => (await import('./mrz-tools')).mrzTools

/** Everything about chips, apart from the card QR: large, and first needed when somebody has signed in. */
export const chipParts = () => import('./chip-desk')
