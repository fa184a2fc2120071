/** Who stands at the counter: card QR, number. */
export const identityErrors = {
  qrEmpty: 'THE-020',
  qrNotACard: 'THE-021',
  qrField: 'THE-022',
  qrTooLong: 'THE-023',
  qrEncoding: 'THE-024',
} as const
