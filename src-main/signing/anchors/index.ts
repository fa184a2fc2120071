export { type AnchorKind, type AnchorList, LARGEST_ANCHOR_LIST, type Pinned, readAnchorList, type TrustAnchor } from './anchor-list'
export { ageInDays, anchorsInForce, type AnchorStore, anchorsView, openAnchors, type PracticeAnchor, STALE_AFTER_DAYS, type TrustAnchors, withList, withPractice, withRemoved } from './trust-anchors'
