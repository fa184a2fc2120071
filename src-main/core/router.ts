import type { Live } from './live'
import { api } from './guard'
import { assistedHandlers } from './handlers-assist'
import { cameraHandlers, codeHandlers, pageHandlers, scanningHandlers } from './handlers-capture'
import { chipHandlers, readerHandlers, trustHandlers } from './handlers-chip'
import { displayHandlers } from './handlers-display'
import { feeHandlers } from './handlers-fees'
import { figureHandlers } from './handlers-figures'
import { formHandlers } from './handlers-forms'
import { guideHandlers } from './handlers-guide'
import { documentHandlers, dossierHandlers, identityHandlers, intakeHandlers, paperHandlers } from './handlers-intake'
import { handlingHandlers } from './handlers-handling'
import { printingHandlers } from './handlers-printing'
import { reportHandlers } from './handlers-reports'
import { resultHandlers } from './handlers-results'
import { hallHandlers } from './handlers-hall-windows'
import { feedbackHandlers } from './handlers-feedback'
import { officeHandlers, procedureHandlers, syncHandlers } from './handlers-office'
import { queueHandlers } from './handlers-queue'
import { issuanceHandlers } from './handlers-issuance'
import { signingHandlers } from './handlers-signing'
import { staffHandlers } from './handlers-staff'
import { tokenHandlers } from './handlers-tokens'

/** Every call of the contract with its handler; the compiler misses none. */
export function createRouter(live: Live) {
  return api.router({
    staff: staffHandlers,
    procedures: procedureHandlers,
    identity: identityHandlers,
    readers: readerHandlers,
    chip: chipHandlers,
    trust: trustHandlers,
    intake: intakeHandlers,
    documents: documentHandlers,
    scanning: scanningHandlers,
    pages: pageHandlers,
    camera: cameraHandlers,
    codes: codeHandlers,
    dossiers: dossierHandlers,
    paper: paperHandlers,
    sync: syncHandlers,
    office: officeHandlers,
    queue: queueHandlers,
    hall: hallHandlers,
    display: displayHandlers,
    assisted: assistedHandlers,
    guide: guideHandlers,
    feedback: feedbackHandlers,
    figures: figureHandlers,
    issuance: issuanceHandlers,
    tokens: tokenHandlers,
    signing: signingHandlers,
    handling: handlingHandlers,
    fees: feeHandlers,
    results: resultHandlers,
    reports: reportHandlers,
    printing: printingHandlers,
    forms: formHandlers,
    live: { events: api.live.events.handler(({ signal }) => live.listen(signal)) },
  })
}
