import { z } from 'zod'
import { civilDate, cityIso } from './clock'
import type { Caller } from './context'
import { Big, first, only, run, type Sql } from './db'
import type { Acknowledgement } from './messages'
import { takeNumbers, dossierCode, isLeased, readCode } from './numbers'
import { documentsOf, type SubmissionPayload } from './payload'
import { Problem } from './problem'

/** One payload on its way in: parsed, and the frozen bytes with their hash. */
export interface Arrival {
  readonly payload: SubmissionPayload
  readonly bytes: Uint8Array
  readonly sha256: string
  readonly caller: Caller
  readonly now: Date
}

const AckRow = z.object({
  submission_id: z.string(), receipt_number: z.string(), received_at: z.date(), payload_sha256: z.string(), sequence: Big, assigned_code: z.string().nullable(),
})
export const ACK_COLUMNS = 'a.submission_id, a.receipt_number, a.received_at, s.payload_sha256, a.sequence, a.assigned_code'

const toAck = (row: z.infer<typeof AckRow>): Acknowledgement => ({
  submissionId: row.submission_id, receiptNumber: row.receipt_number, receivedAt: cityIso(row.received_at), payloadSha256: row.payload_sha256,
  sequence: row.sequence, ...(row.assigned_code === null ? {} : { assignedCode: row.assigned_code }),
})

/** The stored acknowledgement of a submission of this agency. */
export async function findAcknowledgement(sql: Sql, caller: Caller, submissionId: string): Promise<Acknowledgement | undefined> {
  const row = await first(sql, AckRow,
    `select ${ACK_COLUMNS} from acknowledgements a join submissions s using (submission_id) where a.submission_id = $1 and s.agency_code = $2`,
    [submissionId, caller.agency])
  return row && toAck(row)
}

/** Acknowledgements of one counter after `since`, in the order of the city's sequence. */
export async function acknowledgementsSince(sql: Sql, caller: Caller, since: number, limit: number): Promise<Acknowledgement[]> {
  const rows = await sql.all(AckRow,
    `select ${ACK_COLUMNS} from acknowledgements a join submissions s using (submission_id)
     where s.agency_code = $1 and s.counter = $2 and a.sequence > $3 order by a.sequence limit $4`, [caller.agency, caller.counter, since, limit])
  return rows.map(toAck)
}

const rejected = (field: string, detail: string): Problem => new Problem(422, 'submission.rejected', detail, { field })

/** Same key, same bytes: the stored acknowledgement. Same key, other bytes: 409 with both hashes. */
export function settle(stored: Acknowledgement, sentSha256: string): Acknowledgement {
  if (stored.payloadSha256 === sentSha256) return stored
  throw new Problem(409, 'submission.conflict', 'Mã gửi này đã dùng cho một nội dung khác.', { storedSha256: stored.payloadSha256, sentSha256 })
}

const DocumentRow = z.object({ sha256: z.string(), size: Big })

/** Every document must be confirmed (424 names those that are not) and as long as the payload says (422). */
export async function requireDocuments(sql: Sql, { payload, caller }: Arrival): Promise<void> {
  const wanted = documentsOf(payload)
  if (wanted.length === 0) return
  const rows = await sql.all(DocumentRow, 'select sha256, size from documents where agency_code = $1 and sha256 = any($2::text[])',
    [caller.agency, wanted.map((document) => document.sha256)])
  const sizes = new Map(rows.map((row) => [row.sha256, row.size]))
  const missing = wanted.filter((document) => !sizes.has(document.sha256)).map((document) => document.sha256)
  if (missing.length > 0) {
    throw new Problem(424, 'submission.documents-missing', 'Thành phố chưa có đủ tài liệu của hồ sơ.', { missing: [...new Set(missing)] })
  }
  const wrong = wanted.find((document) => sizes.get(document.sha256) !== document.size)
  if (wrong) throw rejected('dossier.components.documents.size', 'Độ dài tài liệu khác với tài liệu thành phố đã lưu.')
}

/** A final code must carry a number that the city has leased to this agency for that day. */
export async function requireLeasedCode(sql: Sql, { payload, caller }: Arrival): Promise<void> {
  if (payload.dossier.codeIsProvisional) return
  const code = readCode(payload.dossier.code)
  if (!code || code.agency !== caller.agency) throw rejected('dossier.code', 'Mã hồ sơ không đúng dạng của cơ quan này.')
  if (!(await isLeased(sql, code))) throw rejected('dossier.code', 'Số hồ sơ không nằm trong khối số đã cấp cho cơ quan trong ngày đó.')
}

const DossierRow = z.object({ code: z.string(), version: z.number(), agency_code: z.string() })
type DossierRow = z.infer<typeof DossierRow>
const FIND_DOSSIER = 'select code, version, agency_code from dossiers where dossier_id = $1 for update'

/** Finds or makes the dossier and locks it, so that its versions are stored one after the other. */
async function lockDossier(tx: Sql, arrival: Arrival): Promise<DossierRow> {
  const { dossier } = arrival.payload
  const known = await first(tx, DossierRow, FIND_DOSSIER, [dossier.id])
  if (known) return known
  const code = dossier.codeIsProvisional ? await assignCode(tx, arrival) : dossier.code
  await run(tx,
    'insert into dossiers (dossier_id, agency_code, code, version, changed_at) values ($1, $2, $3, 0, $4) on conflict do nothing',
    [dossier.id, arrival.caller.agency, code, arrival.now.toISOString()])
  const made = await first(tx, DossierRow, FIND_DOSSIER, [dossier.id])
  if (!made) throw rejected('dossier.code', 'Mã hồ sơ này đã thuộc một hồ sơ khác.')
  return made
}

async function assignCode(tx: Sql, { payload, caller, now }: Arrival): Promise<string> {
  const day = civilDate(new Date(payload.dossier.receivedAt))
  // The dossier's own id asks for the number: asked again, it is the same number.
  const { lease } = await takeNumbers(tx, caller, { requestId: payload.dossier.id, agency: caller.agency, day, size: 1 }, now)
  return dossierCode(lease.agency, lease.day, lease.first)
}

function requireSameDossier({ payload, caller }: Arrival, stored: DossierRow): void {
  const { code, codeIsProvisional } = payload.dossier
  if (stored.agency_code !== caller.agency) throw rejected('dossier.id', 'Hồ sơ này thuộc cơ quan khác.')
  if (!codeIsProvisional && code !== stored.code) throw rejected('dossier.code', `Hồ sơ này đã mang mã ${stored.code}.`)
}

async function insertSubmission(tx: Sql, { payload, bytes, sha256, caller }: Arrival, applied: boolean): Promise<boolean> {
  const { dossier, submissionId } = payload
  const made = await run(tx,
    `insert into submissions (submission_id, client_id, agency_code, counter, dossier_id, dossier_version, applied, payload, payload_sha256)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing returning submission_id`,
    [submissionId, caller.clientId, caller.agency, caller.counter, dossier.id, dossier.version, applied, bytes, sha256])
  return made === 1
}

const CounterRow = z.object({ name: z.string(), value: Big })

/** Next value of counters; the rows stay locked until the transaction ends, so the order seen by readers has no holes. */
export async function nextValues(tx: Sql, names: readonly string[]): Promise<Map<string, number>> {
  const rows = await tx.all(CounterRow,
    `insert into counters (name, value) select name, 1 from unnest($1::text[]) as name order by name
     on conflict (name) do update set value = counters.value + 1 returning name, value`, [names])
  return new Map(rows.map((row) => [row.name, row.value]))
}

async function acknowledge(tx: Sql, { payload, now }: Arrival, assignedCode: string | null): Promise<void> {
  const year = civilDate(now).slice(2, 4)
  const values = await nextValues(tx, ['acknowledgements', `receipts-${year}`])
  const receipt = `TP-${year}-${String(values.get(`receipts-${year}`)).padStart(6, '0')}`
  await run(tx, 'insert into acknowledgements (submission_id, sequence, receipt_number, received_at, assigned_code) values ($1, $2, $3, $4, $5)',
    [payload.submissionId, values.get('acknowledgements') ?? 0, receipt, now.toISOString(), assignedCode])
}

/**
 * Stores a submission exactly once, atomically with its acknowledgement: insert, and when the key is there already, read
 * back. A version older than the stored one is kept and acknowledged, but does not change the dossier.
 */
export async function store(tx: Sql, arrival: Arrival): Promise<{ acknowledgement: Acknowledgement; isNew: boolean }> {
  const { payload, caller, now, sha256 } = arrival
  const dossier = await lockDossier(tx, arrival)
  const applied = payload.dossier.version > dossier.version
  const isNew = await insertSubmission(tx, arrival, applied)
  if (isNew) {
    requireSameDossier(arrival, dossier)
    await acknowledge(tx, arrival, payload.dossier.codeIsProvisional ? dossier.code : null)
    if (applied) {
      await run(tx, 'update dossiers set version = $1, current_submission = $2, changed_at = $3 where dossier_id = $4',
        [payload.dossier.version, payload.submissionId, now.toISOString(), payload.dossier.id])
    }
  }
  const acknowledgement = await findAcknowledgement(tx, caller, payload.submissionId)
  if (!acknowledgement) throw rejected('dossier.version', 'Bản này của hồ sơ đã đến với một mã gửi khác.')
  return { acknowledgement: settle(acknowledgement, sha256), isNew }
}

/** How many submissions there are, for the human page. */
export async function countSubmissions(sql: Sql): Promise<number> {
  return (await only(sql, z.object({ count: Big }), 'select count(*) as count from submissions')).count
}
