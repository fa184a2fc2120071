import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { first, only, run, type Sql } from './db'
import type { Enrolment } from './messages'
import { Problem } from './problem'

const SECRET_BYTES = 32
const MOST_COUNTERS = 99

const SecretRow = z.object({ secret: z.string() })
const NumberRow = z.object({ number: z.number().int() })

/** The secret of an agency's queue and the number of a counter in it, made where there is none. To be called in a transaction. */
export async function wardOf(tx: Sql, now: Date, agency: string, counter: string): Promise<NonNullable<Enrolment['ward']>> {
  // Two counters that enrol at once do not get the same number.
  await first(tx, z.object({ code: z.string() }), 'select code from agencies where code = $1 for no key update', [agency])
  await run(tx, 'insert into ward_secrets (agency_code, secret, made_at) values ($1, $2, $3) on conflict do nothing returning agency_code',
    [agency, randomBytes(SECRET_BYTES).toString('base64url'), now.toISOString()])
  const { secret } = await only(tx, SecretRow, 'select secret from ward_secrets where agency_code = $1', [agency])
  return { secret, counterNumber: await numberOf(tx, agency, counter) }
}

async function numberOf(tx: Sql, agency: string, counter: string): Promise<number> {
  const known = await first(tx, NumberRow, 'select number from ward_counters where agency_code = $1 and counter = $2', [agency, counter])
  if (known) return known.number
  const { number } = await only(tx, NumberRow, 'select coalesce(max(number), 0) + 1 as number from ward_counters where agency_code = $1', [agency])
  if (number > MOST_COUNTERS) throw new Problem(409, 'enrolment.too-many', 'Cơ quan này đã có 99 quầy.', { field: 'code' })
  await run(tx, 'insert into ward_counters (agency_code, counter, number) values ($1, $2, $3) returning number', [agency, counter, number])
  return number
}
