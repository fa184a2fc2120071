export { createTrust, type TrustStore } from './anchors'
export type { Anchor, Trust } from './chain'
export { type FolderTrust, folderAnchors } from './folder'
export { type PassiveProof, proveCardSecurity, provePassively } from './passive-authentication'
