import { ActFormCode } from '@contract/office-forms'

export { type SampleChange, sampleForm } from '../../src-main/paperwork/sample-dossier'
export const OFFICE_FORMS = ActFormCode.options
