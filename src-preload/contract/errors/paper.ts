/** Printed forms and printing. */
export const paperErrors = {
  templateField: 'IN-001',
  printerMissing: 'IN-002',
  printFailed: 'IN-003',
  noPrintingHere: 'IN-004',
  glyphMissing: 'IN-005',
  bytesGone: 'IN-006',
  ticketPrinterGone: 'IN-007',
  ticketPrinterDenied: 'IN-008',
  stillSending: 'IN-009',
} as const
