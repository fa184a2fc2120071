/** Fees: Lệ phí. */
export const feeErrors = {
  nothingOpen: 'LP-001',
  otherAmount: 'LP-002',
  noAccount: 'LP-003',
  alreadyVoided: 'LP-004',
  differenceUnexplained: 'LP-005',
  drawerChanged: 'LP-006',
  paymentNotFound: 'LP-007',
  exemptionUnknown: 'LP-008',
} as const
