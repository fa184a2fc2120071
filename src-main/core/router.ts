import type { Live } from './live'
import { api } from './guard'
import { cameraHandlers, codeHandlers, pageHandlers, scanningHandlers } from './handlers-capture'
import { chipHandlers, readerHandlers, trustHandlers } from './handlers-chip'
import { documentHandlers, dossierHandlers, identityHandlers, intakeHandlers, paperHandlers } from './handlers-intake'
import { officeHandlers, procedureHandlers, syncHandlers } from './handlers-office'
import { staffHandlers } from './handlers-staff'

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
    live: { events: api.live.events.handler(({ signal }) => live.listen(signal)) },
  })
}
