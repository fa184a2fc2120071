/** Wordings of forms: Biểu mẫu. */
export const formErrors = {
  wordingFaulty: 'BM-001',
  dayPassed: 'BM-002',
} as const
