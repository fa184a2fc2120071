/** Draft, documents, commit, dossier. */
export const intakeErrors = {
  draftNotFound: 'HS-001',
  draftChangedElsewhere: 'HS-002',
  draftIncomplete: 'HS-003',
  dossierNotFound: 'HS-004',
  stateNotAllowed: 'HS-005',
  duplicateOpen: 'HS-006',
  fileTypeUnknown: 'TEP-001',
  fileTypeLies: 'TEP-002',
  fileEmpty: 'TEP-003',
  fileTooLarge: 'TEP-004',
  fileBomb: 'TEP-005',
  uploadNotFound: 'TEP-006',
  uploadOutOfOrder: 'TEP-007',
  fileDamaged: 'TEP-008',
  calendarMissing: 'LICH-001',
} as const
