import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { canonicalJson, type Json } from './canonical'

/** What an entry says; times in UTC, ids and codes only. */
export interface EntryContent {
  readonly sequence: number
  readonly at: string
  /** An account's id or `system`. */
  readonly actor: string
  readonly action: string
  readonly subject: { readonly type: string; readonly id: string } | null
  readonly detail: { readonly [key: string]: Json }
}

export interface StoredEntry extends Omit<EntryContent, 'detail'> {
  /** Canonical JSON, as stored. */
  readonly detailText: string
  readonly previousHash: string
  readonly hash: string
}

export interface Head {
  readonly sequence: number
  readonly hash: string
}

export interface SealedHead extends Head {
  /** HMAC-SHA-256 over sequence and hash. */
  readonly mac: string
}

export type Flaw = 'gap' | 'previous' | 'detail' | 'hash' | 'head-missing' | 'head' | 'mac'

export type Verdict =
  | { readonly ok: true; readonly count: number; readonly head: Head | null; readonly sealChecked: boolean }
  | { readonly ok: false; readonly at: number; readonly why: Flaw }

/** Stands where the first entry has no predecessor. */
export const NO_PREDECESSOR = '0'.repeat(64)

/** JSON.parse gives nothing but JSON; a schema library would drop a key named `__proto__`. */
const isDetail = (parsed: unknown): parsed is EntryContent['detail'] => typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)

/** SHA-256 over a leaf prefix (RFC 6962 §2.1) and the canonical entry with its predecessor's hash, in lower-case hex. */
export function entryHash(content: EntryContent, previousHash: string): string {
  const { sequence, at, actor, action, subject, detail } = content
  const told = subject && { type: subject.type, id: subject.id }
  const canonical = canonicalJson({ sequence, at, actor, action, subject: told, detail, previous: previousHash })
  return createHash('sha256').update(Uint8Array.of(0)).update(canonical).digest('hex')
}

export function headMac(key: Uint8Array, head: Head): string {
  return createHmac('sha256', key).update(canonicalJson({ sequence: head.sequence, hash: head.hash })).digest('hex')
}

/** The detail when the stored text is exactly its canonical form. */
function readDetail(text: string): EntryContent['detail'] | undefined {
  try {
    const detail: unknown = JSON.parse(text)
    return isDetail(detail) && canonicalJson(detail) === text ? detail : undefined
  } catch {
    return undefined
  }
}

function flawOf(entry: StoredEntry, previous: Head): Flaw | undefined {
  if (entry.sequence !== previous.sequence + 1) return 'gap'
  if (entry.previousHash !== previous.hash) return 'previous'
  const detail = readDetail(entry.detailText)
  if (detail === undefined) return 'detail'
  return entryHash({ ...entry, detail }, entry.previousHash) === entry.hash ? undefined : 'hash'
}

function flawOfHead(last: Head, sealed: SealedHead | undefined, key: Uint8Array | undefined): Flaw | undefined {
  if (sealed === undefined) return last.sequence === 0 ? undefined : 'head-missing'
  if (sealed.sequence !== last.sequence || sealed.hash !== last.hash) return 'head'
  if (key === undefined) return undefined
  const expected = Buffer.from(headMac(key, sealed))
  const found = Buffer.from(sealed.mac)
  return found.length === expected.length && timingSafeEqual(found, expected) ? undefined : 'mac'
}

/**
 * Checks a whole chain, in order, against its sealed head. Needs nothing but the entries, so that an outsider can run it
 * on an export; without the key the seal itself is not checked and the verdict says so.
 */
export function verifyChain(entries: Iterable<StoredEntry>, sealed: SealedHead | undefined, key?: Uint8Array): Verdict {
  let last: Head = { sequence: 0, hash: NO_PREDECESSOR }
  for (const entry of entries) {
    const why = flawOf(entry, last)
    if (why) return { ok: false, at: entry.sequence, why }
    last = { sequence: entry.sequence, hash: entry.hash }
  }
  const why = flawOfHead(last, sealed, key)
  if (why) return { ok: false, at: last.sequence, why }
  return { ok: true, count: last.sequence, head: last.sequence === 0 ? null : last, sealChecked: key !== undefined }
}
