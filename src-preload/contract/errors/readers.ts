/** Card readers on the machine (TB: thiết bị). */
export const readerErrors = {
  noReader: 'TB-001',
  serviceMissing: 'TB-002',
  nativeMissing: 'TB-003',
  usbBusMissing: 'TB-004',
  usbNotPermitted: 'TB-005',
  readerBusy: 'TB-006',
  readerGone: 'TB-007',
  readerTimeout: 'TB-008',
  readerProtocol: 'TB-009',
  cardMute: 'TB-010',
  recordingMismatch: 'TB-011',
  recordingUnreadable: 'TB-012',
  extendedNotCarried: 'TB-013',
} as const
