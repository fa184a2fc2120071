/** Trust anchors: CSCA certificates, master lists, revocation lists (CT: chứng thư). */
export const trustErrors = {
  unreadable: 'CT-001',
  notAnAuthority: 'CT-002',
  masterListSignature: 'CT-003',
  revocationListSignature: 'CT-004',
  nothingNew: 'CT-005',
  tooLarge: 'CT-006',
  notFound: 'CT-007',
} as const
