/** Complaints, proposals and ratings. */
export const feedbackErrors = {
  notFound: 'PA-001',
  incomplete: 'PA-002',
  photoTooLarge: 'PA-003',
  slipUnknown: 'PA-004',
  alreadyRated: 'PA-005',
  /** Not a JPEG or PNG, or one that is cut off. */
  photoUnreadable: 'PA-006',
  tooManyPhotos: 'PA-007',
  /** The state of the complaint does not allow the act. */
  notNow: 'PA-008',
} as const
