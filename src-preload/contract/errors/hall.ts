/** Windows of the hall, the citizen's display. */
export const hallErrors = {
  noFreeMonitor: 'MH-001',
  noDisplay: 'MH-002',
  notReadyToShow: 'MH-003',
  showingOver: 'MH-004',
} as const
