/**
 * The readers of certificates, CMS and revocation lists for whoever else has to judge signatures: `signing` reads what chips are judged
 * with. A door of its own beside `index.ts`, because nobody needs it to sign in.
 */
export { definite } from './trust/ber'
export { digest, type Hash, HASHES, hashOf, hashOfOid, OID_EC, OID_RSA, OID_RSA_PSS, type Scheme, schemeOf } from './trust/algorithms'
export { type Certificate, type Extensions, inForce, isSelfIssued, KEY_USAGE, LARGEST_CERTIFICATE, mayIssue, parseCertificate, serialOf, signedBy } from './trust/certificate'
export { certificatesOf, findSigner, names as namesCertificate, parseSignedData, type SignedData, type Signer as CmsSigner, type SignerProof, verifySigner } from './trust/cms'
export { bitsOf, childrenOf, expect, first, hexOf, namedBits, oidOf, smallInteger, TAG, timeOf, walk, whole } from './trust/der'
export { type Name, nameOf } from './trust/names'
export { keyText, type PublicKey, publicKeyOf } from './trust/public-key'
export { isStale, LARGEST_LIST, listSignedBy, parseRevocationList, type RevocationList } from './trust/revocation-list'
export { type SignatureState, type Signed, verifySignature } from './trust/signature'
export { child, concat, encodeTlv, malformed, only, readAll, readTlv, type Tlv } from './chip/tlv'
export { oidText, oidValue } from './chip/object-ids'
