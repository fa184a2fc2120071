export { checkCard, MAX_QR_TEXT, parseCardQr } from './card-qr'
export { crossCheck, normaliseIdNumber, readIdNumber, type IdNumberFacts, type PersonFacts } from './id-number'
export { findProvince, provinceOfBirthCode } from './provinces'
