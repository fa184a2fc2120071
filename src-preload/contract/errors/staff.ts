/** Accounts, sign-in, rights, first run. */
export const staffErrors = {
  wrongSecret: 'TK-001',
  lockedOut: 'TK-002',
  notSignedIn: 'TK-003',
  sessionLocked: 'TK-004',
  missingRole: 'TK-005',
  weakSecret: 'TK-006',
  accountDisabled: 'TK-007',
  nameTaken: 'TK-008',
  lastAdministrator: 'TK-009',
  wrongRecoveryKey: 'TK-010',
  alreadySetUp: 'TK-011',
  notSetUp: 'TK-012',
  inputRefused: 'TK-013',
  mustChangeSecret: 'TK-014',
  accountNotFound: 'TK-015',
  loginNameRefused: 'TK-016',
} as const
