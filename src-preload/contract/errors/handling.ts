/** Acts on a received dossier and their forms. */
export const handlingErrors = {
  /** That state is reached by an act with a form only. */
  wantsForm: 'GQ-001',
  supplementOpen: 'GQ-002',
  nothingOpen: 'GQ-003',
  groundUnknown: 'GQ-004',
  extendedOnce: 'GQ-005',
  extensionTooLate: 'GQ-006',
  extensionNoDate: 'GQ-007',
  extensionNotLater: 'GQ-008',
  extensionDayOff: 'GQ-009',
  secondMissing: 'GQ-010',
  secondNotAllowed: 'GQ-011',
  secondIsSame: 'GQ-012',
  resultDecided: 'GQ-013',
  officeSame: 'GQ-014',
  formNotFound: 'GQ-015',
  personMissing: 'GQ-016',
  stoppedHere: 'GQ-017',
} as const
