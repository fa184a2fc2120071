/** Handing results over. */
export const resultErrors = {
  notReady: 'KQ-001',
  feeOpen: 'KQ-002',
  stopped: 'KQ-003',
  alreadyReturned: 'KQ-004',
  notSigned: 'KQ-005',
  notThatPerson: 'KQ-006',
  postNotWished: 'KQ-007',
} as const
