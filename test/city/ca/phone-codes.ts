import { randomInt } from 'node:crypto'
import { z } from 'zod'
import { first, run, type Sql } from '../db'
import { Problem } from '../problem'

const LASTS_MS = 5 * 60_000
const MOST = 5

const Row = z.object({ phone: z.string(), code: z.string(), sent_at: z.date(), sent: z.number().int(), tries: z.number().int(), confirmed_at: z.date().nullable() })
const find = (tx: Sql, id: string): Promise<z.infer<typeof Row> | undefined> =>
  first(tx, Row, 'select phone, code, sent_at, sent, tries, confirmed_at from ca_phone_codes where id = $1 for update', [id])

const newCode = (): string => String(randomInt(1_000_000)).padStart(6, '0')

/** “Sends” a fresh code; the one before is void. Five sendings for one issuance. To be called in a transaction. */
export async function sendCode(tx: Sql, now: Date, id: string, phone: string): Promise<void> {
  const known = await find(tx, id)
  if (known && known.sent >= MOST) throw new Problem(429, 'phone.too-often', 'Đã gửi mã năm lần cho lần cấp này.')
  await run(tx,
    `insert into ca_phone_codes (id, phone, code, sent_at) values ($1, $2, $3, $4)
     on conflict (id) do update set phone = excluded.phone, code = excluded.code, sent_at = excluded.sent_at, sent = ca_phone_codes.sent + 1, tries = 0, confirmed_at = null returning id`,
    [id, phone, newCode(), now.toISOString()])
}

/** Whether this is the code; wrong five times, or after five minutes, it is void. To be called in a transaction. */
export async function checkCode(tx: Sql, now: Date, id: string, code: string): Promise<boolean> {
  const row = await find(tx, id)
  if (!row) throw new Problem(404, 'phone.unknown', 'Chưa gửi mã nào cho lần cấp này.')
  if (row.confirmed_at !== null) return row.code === code
  if (row.tries >= MOST || now.getTime() - row.sent_at.getTime() > LASTS_MS) return false
  const right = row.code === code
  await run(tx, 'update ca_phone_codes set tries = tries + $2, confirmed_at = $3 where id = $1 returning id', [id, right ? 0 : 1, right ? now.toISOString() : null])
  return right
}
