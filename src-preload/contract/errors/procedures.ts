/** The catalogue of procedures. */
export const procedureErrors = {
  fileUnreadable: 'DM-001',
  rowsWrong: 'DM-002',
  notFound: 'DM-003',
  olderVersion: 'DM-004',
} as const
