export {
  type Audit, type AuditEntry, type AuditOptions, type AuditQuery, createAudit, readChain, recordStart, recordStop, verifyAudit,
} from './audit'
export { canonicalJson, type Json } from './canonical'
export { type Flaw, type Head, NO_PREDECESSOR, type SealedHead, type StoredEntry, type Verdict, verifyChain } from './chain'
