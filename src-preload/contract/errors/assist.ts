/** Drafts that a helper fills in beside the citizen. */
export const assistErrors = {
  notFound: 'TCN-001',
  alreadyHandedOver: 'TCN-002',
  alreadyAccepted: 'TCN-003',
  nobodyNamed: 'TCN-004',
} as const
