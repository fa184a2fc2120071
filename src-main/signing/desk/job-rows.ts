import type { DocumentId, Instant, Sha256 } from '@contract/ids'
import type { IssuanceId, PadesLevel, SignatureScheme, SigningFileId, SigningJob, SigningJobId, SignTarget } from '@contract/signing'
import type { Reader, RowView, WriteTx } from '../../storage'

export type JobState = SigningJob['state']
export type Job = Readonly<{
  id: SigningJobId; how: SigningJob['how']; state: JobState; signer: string; certificate: string; scheme: SignatureScheme; issuance: IssuanceId | null; ticket: string | null; reason: string | null
  trouble: string | null; officerId: string; startedAt: Instant; endedAt: Instant | null
}>
export type JobItem = Readonly<{
  jobId: SigningJobId; ordinal: number; target: SignTarget; title: string; source: Sha256; preparedFile: Sha256 | null; prepared: string | null
  result: SignTarget | null; level: PadesLevel | null; list: string | null; code: string | null
}>

const toJob = (row: RowView): Job => ({
  id: row.text<SigningJobId>('id'), how: row.text<SigningJob['how']>('how'), state: row.text<JobState>('state'), signer: row.text('signer'), certificate: row.text('certificate'),
  scheme: row.text<SignatureScheme>('scheme'), issuance: row.textOrNull<IssuanceId>('issuance_id'), ticket: row.textOrNull('ticket'), reason: row.textOrNull('reason'), trouble: row.textOrNull('trouble'),
  officerId: row.text('officer_id'), startedAt: row.text<Instant>('started_at'), endedAt: row.textOrNull<Instant>('ended_at'),
})

const asTarget = (kind: 'document' | 'file', id: string): SignTarget => (kind === 'document' ? { kind, id: id as DocumentId } : { kind, id: id as SigningFileId })

function resultOf(row: RowView): SignTarget | null {
  const [document, file] = [row.textOrNull('result_document'), row.textOrNull('result_file')]
  return document !== null ? asTarget('document', document) : file !== null ? asTarget('file', file) : null
}

const toItem = (row: RowView): JobItem => ({
  jobId: row.text<SigningJobId>('job_id'), ordinal: row.integer('ordinal'), target: asTarget(row.text('target_kind'), row.text('target_id')), title: row.text('title'),
  source: row.text<Sha256>('source_sha256'), preparedFile: row.textOrNull<Sha256>('prepared_sha256'), prepared: row.textOrNull('prepared'), result: resultOf(row),
  level: row.textOrNull<PadesLevel>('level'), list: row.textOrNull('list_sha256'), code: row.textOrNull('code'),
})

export const findJob = (reader: Reader, id: SigningJobId): Job | undefined => reader.get('SELECT * FROM signing_job WHERE id = ?', [id], toJob)
export const itemsOf = (reader: Reader, id: SigningJobId): JobItem[] => reader.all('SELECT * FROM signing_job_item WHERE job_id = ? ORDER BY ordinal', [id], toItem)
/** Jobs that are not done, and those begun since, newest first. */
export const jobsSince = (reader: Reader, since: Instant): Job[] =>
  reader.all('SELECT * FROM signing_job WHERE ended_at IS NULL UNION SELECT * FROM signing_job WHERE started_at >= ? ORDER BY started_at DESC, id DESC LIMIT 200', [since], toJob)
export const openJobs = (reader: Reader): Job[] => reader.all('SELECT * FROM signing_job WHERE ended_at IS NULL ORDER BY started_at, id', [], toJob)

export function insertJob(tx: WriteTx, job: Omit<Job, 'ticket' | 'trouble' | 'endedAt'>, items: readonly Pick<JobItem, 'target' | 'title' | 'source' | 'preparedFile' | 'prepared' | 'list'>[]): void {
  tx.run(
    'INSERT INTO signing_job (id, how, state, signer, certificate, scheme, issuance_id, reason, officer_id, started_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
    [job.id, job.how, job.state, job.signer, job.certificate, job.scheme, job.issuance, job.reason, job.officerId, job.startedAt])
  items.forEach(({ target, title, source, preparedFile, prepared, list }, ordinal) => {
    tx.run(
      'INSERT INTO signing_job_item (job_id, ordinal, target_kind, target_id, title, source_sha256, prepared_sha256, prepared, list_sha256) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
      [job.id, ordinal, target.kind, target.id, title, source, preparedFile, prepared, list])
  })
}

/** Whether something was signed here with this certificate, or it was issued here. */
export const signedHere = (reader: Reader, { sha256, raw }: Readonly<{ sha256: string; raw: Uint8Array }>): boolean => reader.get(
  'SELECT 1 FROM signing_job WHERE certificate = :sha256 UNION ALL SELECT 1 FROM issuance WHERE certificate = :raw LIMIT 1', { sha256, raw }, () => true) === true

export const keepTicket = (tx: WriteTx, id: SigningJobId, ticket: string): void => {
  tx.run('UPDATE signing_job SET ticket = ? WHERE id = ? AND ended_at IS NULL', [ticket, id])
}

/** Moves a job on. False when it has ended meanwhile. */
export const moveJob = (tx: WriteTx, id: SigningJobId, state: JobState, trouble: string | null, endedAt: Instant | null): boolean =>
  tx.run('UPDATE signing_job SET state = ?, trouble = ?, ended_at = ? WHERE id = ? AND ended_at IS NULL', [state, trouble, endedAt, id]).changes > 0

/** An item is signed; what was kept to get there is of no more use. */
export function itemSigned(tx: WriteTx, item: Pick<JobItem, 'jobId' | 'ordinal'>, result: SignTarget, level: PadesLevel): void {
  const [document, file] = result.kind === 'document' ? [result.id, null] : [null, result.id]
  tx.run(
    'UPDATE signing_job_item SET result_document = ?, result_file = ?, level = ?, code = NULL, prepared = NULL, prepared_sha256 = NULL WHERE job_id = ? AND ordinal = ?',
    [document, file, level, item.jobId, item.ordinal])
}

export function itemFailed(tx: WriteTx, item: Pick<JobItem, 'jobId' | 'ordinal'>, code: string): void {
  tx.run('UPDATE signing_job_item SET code = ?, prepared = NULL, prepared_sha256 = NULL WHERE job_id = ? AND ordinal = ? AND level IS NULL', [code, item.jobId, item.ordinal])
}

/** Prepared PDFs of a job that has ended are not needed any more. */
export const dropPrepared = (tx: WriteTx, id: SigningJobId): void => {
  tx.run('UPDATE signing_job_item SET prepared = NULL, prepared_sha256 = NULL WHERE job_id = ?', [id])
}

/** Where a job's document is found: signed, it is another one. */
export const viewOfJob = (job: Job, items: readonly JobItem[]): SigningJob => ({
  id: job.id, state: job.state, how: job.how, signer: job.signer, startedAt: job.startedAt, endedAt: job.endedAt, trouble: job.trouble,
  documents: items.map(({ target, title, result, level, code }) => ({ target: result ?? target, title, level, code })),
})
