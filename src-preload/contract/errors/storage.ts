/** Database, document store, keys, disk, clock. */
export const storageErrors = {
  diskFull: 'LUU-013',
  readOnlyFolder: 'LUU-014',
  corrupt: 'LUU-015',
  newerDatabase: 'LUU-016',
  alreadyOpen: 'LUU-017',
  wrongKey: 'LUU-018',
  keyMissing: 'LUU-019',
  migrationChanged: 'LUU-020',
  documentMissing: 'LUU-021',
  documentDamaged: 'LUU-022',
  auditBroken: 'LUU-023',
  databaseMissing: 'LUU-024',
  diskFault: 'LUU-025',
  clockBehind: 'GIO-001',
  unexpected: 'LOI-000',
} as const
