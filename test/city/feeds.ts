import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { callerOf } from './access'
import { cityIso } from './clock'
import type { Caller, Context } from './context'
import { Big, first, only, run, type Sql } from './db'
import { AuditHead, ReceiptsQuery, StatusesQuery } from './messages'
import { answer } from './operations'
import { Problem, checked } from './problem'
import { acknowledgementsSince, nextValues } from './submission-store'

const StatusRow = z.object({
  sequence: Big, dossier_id: z.string(), code: z.string(), state: z.number(), at: z.date(), note: z.string().nullable(), by_whom: z.string().nullable(),
})

/** Statuses of one agency after a cursor, in the order of the city's sequence. */
export async function statusesSince(sql: Sql, agency: string, cursor: number, limit: number): Promise<z.infer<typeof StatusRow>[]> {
  return sql.all(StatusRow,
    `select t.sequence, t.dossier_id, d.code, t.state, t.at, t.note, t.by_whom from statuses t join dossiers d using (dossier_id)
     where t.agency_code = $1 and t.sequence > $2 order by t.sequence limit $3`, [agency, cursor, limit])
}

/** Puts a status of a dossier on the feed of its agency; 404 when nobody has sent that dossier. Gives the sequence. */
export async function pushStatus(context: Context, entry: { dossierCode: string; state: number; note?: string | undefined; by?: string | undefined }): Promise<number> {
  return context.db.transaction(async (tx) => {
    const dossier = await first(tx, z.object({ dossier_id: z.string(), agency_code: z.string() }),
      'select dossier_id, agency_code from dossiers where code = $1', [entry.dossierCode])
    if (!dossier) throw new Problem(404, 'dossier.unknown', 'Thành phố không có hồ sơ này.', { field: 'dossierCode' })
    const sequence = (await nextValues(tx, ['statuses'])).get('statuses') ?? 0
    await run(tx, 'insert into statuses (sequence, agency_code, dossier_id, state, at, note, by_whom) values ($1, $2, $3, $4, $5, $6, $7)',
      [sequence, dossier.agency_code, dossier.dossier_id, entry.state, context.clock.now().toISOString(), entry.note ?? null, entry.by ?? null])
    return sequence
  })
}

const WitnessRow = z.object({ hash: z.string(), witnessed_at: z.date() })

/** Keeps the head of a counter's audit chain; the same sequence with another hash is 409 `audit.conflict`. */
async function witness(context: Context, caller: Caller, head: z.infer<typeof AuditHead>): Promise<Date> {
  return context.db.transaction(async (tx) => {
    await run(tx,
      `insert into audit_heads (agency_code, counter, client_id, sequence, hash, witnessed_at) values ($1, $2, $3, $4, $5, $6) on conflict do nothing`,
      [caller.agency, caller.counter, caller.clientId, head.sequence, head.hash, context.clock.now().toISOString()])
    const row = await only(tx, WitnessRow, 'select hash, witnessed_at from audit_heads where client_id = $1 and sequence = $2', [caller.clientId, head.sequence])
    if (row.hash !== head.hash) throw new Problem(409, 'audit.conflict', 'Số thứ tự này đã gửi với một mã băm khác.', { storedHash: row.hash, sentHash: head.hash })
    return row.witnessed_at
  })
}

/** Receipts, statuses and audit heads. */
export function feedRoutes(app: FastifyInstance, context: Context): void {
  app.get('/v1/receipts', async (request, reply) => {
    const caller = await callerOf(context, request)
    const { since, limit } = checked(ReceiptsQuery, request.query)
    const items = await acknowledgementsSince(context.db, caller, since, limit)
    return answer(reply, 'receipts', 200, { items, next: items.at(-1)?.sequence ?? since })
  })
  app.get('/v1/statuses', async (request, reply) => {
    const caller = await callerOf(context, request)
    const { cursor, limit } = checked(StatusesQuery, request.query)
    const rows = await statusesSince(context.db, caller.agency, cursor, limit)
    const items = rows.map((row) => ({
      sequence: row.sequence, dossierId: row.dossier_id, dossierCode: row.code, state: row.state, at: cityIso(row.at),
      ...(row.note === null ? {} : { note: row.note }), ...(row.by_whom === null ? {} : { by: row.by_whom }),
    }))
    return answer(reply, 'statuses', 200, { items, next: items.at(-1)?.sequence ?? cursor })
  })
  app.post('/v1/audit-heads', async (request, reply) => {
    const caller = await callerOf(context, request)
    const at = await witness(context, caller, checked(AuditHead, request.body))
    return answer(reply, 'auditHead', 201, { witnessedAt: cityIso(at) })
  })
}
