export { placeOfAddress, type AddressPlace } from './address'
export { quoteFee, type FeeAsked } from './fees'
export {
  judge, openQuestions, toVerdict, type Answers, type ApplicantFacts, type Judgement, type OpenQuestion, type Reason, type ReasonCode, type WardIdentity,
} from './jurisdiction'
export { buildIndex, compareVersions, inForce, lifeEventsOf, searchProcedures, type ProcedureIndex, type SearchResult } from './search'
export { type Catalogue, createCatalogue } from './service'
export { feeText, timeText } from './texts'
export { checkCatalogue, type Finding } from './check'
export { exportJson, exportXlsx } from './export'
export { importCatalogue, MAX_CATALOGUE_FILE, type ImportOutcome } from './import'
export type { Problem, ProblemCode } from './problems'
