import { assistedCalls } from './calls-assist'
import { cameraCalls, codeCalls, pageCalls, scanningCalls } from './calls-capture'
import { chipCalls, readerCalls, trustCalls } from './calls-chip'
import { guideCalls } from './calls-guide'
import { documentCalls, dossierCalls, identityCalls, intakeCalls, paperCalls } from './calls-intake'
import { displayCalls, hallCalls, queueCalls } from './calls-hall'
import { figureCalls } from './calls-figures'
import { feeCalls } from './calls-fees'
import { feedbackCalls } from './calls-feedback'
import { formCalls } from './calls-forms'
import { handlingCalls } from './calls-handling'
import { liveCalls } from './calls-live'
import { officeCalls, procedureCalls, syncCalls } from './calls-office'
import { printingCalls } from './calls-printing'
import { reportCalls } from './calls-reports'
import { resultCalls } from './calls-results'
import { signingCalls, tokenCalls, issuanceCalls } from './calls-signing'
import { staffCalls } from './calls-staff'

/** Every call between the screen and the core, once: name → input, output, who may. */
export const contract = {
  staff: staffCalls,
  procedures: procedureCalls,
  identity: identityCalls,
  readers: readerCalls,
  chip: chipCalls,
  trust: trustCalls,
  intake: intakeCalls,
  documents: documentCalls,
  scanning: scanningCalls,
  pages: pageCalls,
  camera: cameraCalls,
  codes: codeCalls,
  dossiers: dossierCalls,
  paper: paperCalls,
  sync: syncCalls,
  office: officeCalls,
  guide: guideCalls,
  hall: hallCalls,
  display: displayCalls,
  queue: queueCalls,
  assisted: assistedCalls,
  figures: figureCalls,
  feedback: feedbackCalls,
  tokens: tokenCalls,
  issuance: issuanceCalls,
  signing: signingCalls,
  handling: handlingCalls,
  fees: feeCalls,
  results: resultCalls,
  reports: reportCalls,
  printing: printingCalls,
  forms: formCalls,
  live: liveCalls,
}
export type Contract = typeof contract
