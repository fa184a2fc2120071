/** Printed forms and printing. */
export const paperErrors = {
  templateField: 'IN-001',
  printerMissing: 'IN-002',
  printFailed: 'IN-003',
  noPrintingHere: 'IN-004',
  glyphMissing: 'IN-005',
} as const
