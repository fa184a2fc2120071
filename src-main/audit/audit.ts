import type { Clock, Reader, RowView, Store, WriteTx } from '../storage'
import { canonicalJson, type Json } from './canonical'
import { entryHash, type Head, headMac, NO_PREDECESSOR, type SealedHead, type StoredEntry, type Verdict, verifyChain } from './chain'

/** One act. Ids, codes, counts and what changed; never secrets, never free text typed by somebody. */
export interface AuditEntry {
  /** An account's id, or `system` for what the program does by itself. */
  readonly actor: string
  /** `area.act`, e.g. `dossier.received`. */
  readonly action: string
  readonly subject?: { readonly type: string; readonly id: string } | undefined
  readonly detail?: { readonly [key: string]: Json } | undefined
}

export interface AuditQuery {
  readonly subject?: { readonly type: string; readonly id: string }
  /** Entries before this sequence, newest first. */
  readonly before?: number
  readonly limit: number
}

export interface Audit {
  /** Adds an entry in the transaction of the act that it tells of. Returns the new head. */
  append(tx: WriteTx, entry: AuditEntry): Head
  /** The newest entry, or null before the first. */
  head(reader: Reader): Head | null
  list(reader: Reader, query: AuditQuery): readonly StoredEntry[]
  /** Reads the whole chain and says where it first breaks. */
  verify(reader: Reader): Verdict
}

export interface AuditOptions {
  /** 32 bytes that seal the head. */
  readonly key: Uint8Array
  readonly clock: Clock
}

const COLUMNS = 'sequence, at, actor, action, subject_type, subject_id, detail, previous_hash, hash'
const PAGE = 1000

function toEntry(row: RowView): StoredEntry {
  const type = row.textOrNull('subject_type')
  const id = row.textOrNull('subject_id')
  return {
    sequence: row.integer('sequence'),
    at: row.text('at'),
    actor: row.text('actor'),
    action: row.text('action'),
    subject: type === null || id === null ? null : { type, id },
    detailText: row.text('detail'),
    previousHash: row.text('previous_hash'),
    hash: row.text('hash'),
  }
}

function readHead(reader: Reader): SealedHead | undefined {
  return reader.get('SELECT sequence, hash, mac FROM audit_head WHERE id = 1', [], (row) => ({
    sequence: row.integer('sequence'), hash: row.text('hash'), mac: row.text('mac'),
  }))
}

/** Every entry in order, a thousand at a time. */
export function* readChain(reader: Reader): Generator<StoredEntry> {
  let after = 0
  for (;;) {
    const page = reader.all(`SELECT ${COLUMNS} FROM audit_entry WHERE sequence > ? ORDER BY sequence LIMIT ${PAGE}`, [after], toEntry)
    yield* page
    const last = page.at(-1)
    if (last === undefined) return
    after = last.sequence
  }
}

/** The command behind "verify the chain": works on any reader, with the key or without it. */
export function verifyAudit(reader: Reader, key?: Uint8Array): Verdict {
  return verifyChain(readChain(reader), readHead(reader), key)
}

function insert(tx: WriteTx, key: Uint8Array, at: string, entry: AuditEntry): Head {
  const previous = readHead(tx) ?? { sequence: 0, hash: NO_PREDECESSOR }
  const { actor, action, subject = null, detail = {} } = entry
  const sequence = previous.sequence + 1
  const hash = entryHash({ sequence, at, actor, action, subject, detail }, previous.hash)
  const head = { sequence, hash }
  tx.run(`INSERT INTO audit_entry (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`, [
    sequence, at, actor, action, subject?.type ?? null, subject?.id ?? null, canonicalJson(detail), previous.hash, hash,
  ])
  tx.run(
    `INSERT INTO audit_head (id, sequence, hash, mac) VALUES (1, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET sequence = excluded.sequence, hash = excluded.hash, mac = excluded.mac`,
    [sequence, hash, headMac(key, head)],
  )
  return head
}

function list(reader: Reader, { subject, before, limit }: AuditQuery): readonly StoredEntry[] {
  const last = before ?? Number.MAX_SAFE_INTEGER
  if (subject === undefined) {
    return reader.all(`SELECT ${COLUMNS} FROM audit_entry WHERE sequence < ? ORDER BY sequence DESC LIMIT ?`, [last, limit], toEntry)
  }
  return reader.all(
    `SELECT ${COLUMNS} FROM audit_entry WHERE subject_type = ? AND subject_id = ? AND sequence < ? ORDER BY sequence DESC LIMIT ?`,
    [subject.type, subject.id, last, limit], toEntry,
  )
}

/** The audit chain of one database: each entry carries the hash of the one before it, the newest is sealed with a key. */
export function createAudit({ key, clock }: AuditOptions): Audit {
  return {
    append: (tx, entry) => insert(tx, key, clock.now().toISOString(), entry),
    head: (reader) => {
      const sealed = readHead(reader)
      return sealed ? { sequence: sealed.sequence, hash: sealed.hash } : null
    },
    list,
    verify: (reader) => verifyAudit(reader, key),
  }
}

/** Notes that the program started, and that it had not stopped cleanly when that is so. Call once after opening. */
export function recordStart(store: Store, audit: Audit, program: { readonly version: string }): void {
  store.write((tx) => {
    if (store.leftRunning) audit.append(tx, { actor: 'system', action: 'program.unclean-stop' })
    audit.append(tx, { actor: 'system', action: 'program.start', detail: { version: program.version } })
  })
}

/** Notes an orderly stop. Call before closing the store. */
export function recordStop(store: Store, audit: Audit): void {
  store.write((tx) => audit.append(tx, { actor: 'system', action: 'program.stop' }))
}
