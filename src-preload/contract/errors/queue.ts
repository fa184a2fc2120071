/** The queue: refusals of an order, and what stops a counter. */
export const queueErrors = {
  nobodyWaiting: 'HC-001',
  unknownTicket: 'HC-002',
  notSoNow: 'HC-003',
  otherCounter: 'HC-004',
  moving: 'HC-005',
  otherSide: 'HC-006',
  cutOff: 'HC-007',
  unclear: 'HC-008',
  notOpened: 'HC-009',
} as const
