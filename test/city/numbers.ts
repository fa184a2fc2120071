import { randomUUID } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { callerOf } from './access'
import type { Caller, Context } from './context'
import { first, only, run, type Sql } from './db'
import { LeaseRequest, type Lease } from './messages'
import { answer } from './operations'
import { Problem, checked } from './problem'

/** Four digits a day and agency (Thông tư 01/2018/TT-VPCP art. 19). */
const LAST_NUMBER = 9999

const LeaseRow = z.object({
  lease_id: z.string(), client_id: z.string(), agency_code: z.string(), day: z.string(), first_number: z.number(), last_number: z.number(), size: z.number(),
})
type LeaseRow = z.infer<typeof LeaseRow>
const COLUMNS = 'lease_id, client_id, agency_code, day::text as day, first_number, last_number, size'

/** `H29.900-261123-`: the code without its number. */
export function codePrefix(agency: string, day: string): string {
  return `${agency}-${day.slice(2).replaceAll('-', '')}-`
}

/** A whole dossier code. */
export function dossierCode(agency: string, day: string, number: number): string {
  return codePrefix(agency, day) + String(number).padStart(4, '0')
}

/** Agency, day and number of a code of this city, or undefined when it has another shape. */
export function readCode(code: string): { agency: string; day: string; number: number } | undefined {
  const parts = /^(.+)-(\d\d)(\d\d)(\d\d)-(\d{4})$/.exec(code)
  if (!parts) return undefined
  const [, agency = '', year = '', month = '', date = '', number = ''] = parts
  const day = `20${year}-${month}-${date}`
  return z.iso.date().safeParse(day).success ? { agency, day, number: Number(number) } : undefined
}

const toLease = (row: LeaseRow): Lease => ({
  leaseId: row.lease_id, agency: row.agency_code, day: row.day, prefix: codePrefix(row.agency_code, row.day), first: row.first_number, last: row.last_number,
})

/**
 * Takes up to `size` numbers of a day; the day's row is locked until the transaction ends, and the exclusion constraint
 * stands behind it. The same requestId finds its block again; with other facts it is a conflict (409).
 */
export async function takeNumbers(tx: Sql, caller: Caller, request: LeaseRequest, now: Date): Promise<{ lease: Lease; isNew: boolean }> {
  const day = await only(tx, z.object({ last_number: z.number() }),
    `insert into number_days (agency_code, day, last_number) values ($1, $2, 0)
     on conflict (agency_code, day) do update set last_number = number_days.last_number returning last_number`, [request.agency, request.day])
  const firstNumber = day.last_number + 1
  const lastNumber = Math.min(day.last_number + request.size, LAST_NUMBER)
  const made = firstNumber > LAST_NUMBER ? undefined : await first(tx, LeaseRow,
    `insert into number_leases (lease_id, request_id, client_id, agency_code, day, first_number, last_number, size, leased_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (request_id) do nothing returning ${COLUMNS}`,
    [randomUUID(), request.requestId, caller.clientId, request.agency, request.day, firstNumber, lastNumber, request.size, now.toISOString()])
  if (!made) return { lease: toLease(await earlierBlock(tx, caller, request)), isNew: false }
  await run(tx, 'update number_days set last_number = $1 where agency_code = $2 and day = $3', [lastNumber, request.agency, request.day])
  return { lease: toLease(made), isNew: true }
}

async function earlierBlock(tx: Sql, caller: Caller, request: LeaseRequest): Promise<LeaseRow> {
  const row = await first(tx, LeaseRow, `select ${COLUMNS} from number_leases where request_id = $1`, [request.requestId])
  if (!row) throw new Problem(409, 'lease.exhausted', 'Ngày này đã hết số.', { field: 'day' })
  const same = row.agency_code === request.agency && row.day === request.day && row.size === request.size && row.client_id === caller.clientId
  if (!same) throw new Problem(409, 'lease.conflict', 'requestId này đã xin một khối số khác.', { field: 'requestId' })
  return row
}

/** True when the number of a code lies in a block that was leased to its agency for its day. */
export async function isLeased(sql: Sql, code: { agency: string; day: string; number: number }): Promise<boolean> {
  const found = await run(sql,
    'select 1 from number_leases where agency_code = $1 and day = $2 and $3 between first_number and last_number', [code.agency, code.day, code.number])
  return found > 0
}

/** `POST /v1/number-leases`. */
export function numberRoutes(app: FastifyInstance, context: Context): void {
  app.post('/v1/number-leases', async (request, reply) => {
    const caller = await callerOf(context, request)
    const wanted = checked(LeaseRequest, request.body)
    if (wanted.agency !== caller.agency) throw new Problem(403, 'agency.foreign', 'Quầy này không thuộc cơ quan đó.', { field: 'agency' })
    const { lease, isNew } = await context.db.transaction((tx) => takeNumbers(tx, caller, wanted, context.clock.now()))
    return answer(reply, 'lease', isNew ? 201 : 200, lease)
  })
}
