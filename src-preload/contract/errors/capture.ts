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
} as const
