/** Papers in: scanners, cameras, files (QT: quét). */
export const captureErrors = {
  noDevice: 'QT-001',
  busy: 'QT-002',
  offline: 'QT-003',
  jam: 'QT-004',
  feederEmpty: 'QT-005',
  coverOpen: 'QT-006',
  noAccess: 'QT-007',
  badSetting: 'QT-008',
  io: 'QT-009',
  timeout: 'QT-010',
  badImage: 'QT-011',
  cancelled: 'QT-012',
  tooLarge: 'QT-013',
  programMissing: 'QT-014',
  doubleFeed: 'QT-015',
  /** A kept page could not be made: nothing is bound or received without it. */
  pageFailed: 'QT-016',
  /** No program that reads text from pictures. */
  noTextEngine: 'QT-017',
  textFailed: 'QT-018',
  noCamera: 'QT-019',
  cameraBusy: 'QT-020',
  cameraRefused: 'QT-021',
  cameraGone: 'QT-022',
  /** An act on a page that belongs to another draft, or to one that is closed. */
  foreignPage: 'QT-023',
} as const
