/** Reports: Báo cáo. */
export const reportErrors = {
  endsBeforeItBegins: 'BC-001',
  periodTooLong: 'BC-002',
  notBegun: 'BC-003',
  notAsked: 'BC-004',
  tooLongForPaper: 'BC-005',
} as const
