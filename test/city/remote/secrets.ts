import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { only, run, type Sql } from '../db'

/** What the ward's desk proves itself with: one pair for the gateway, one for CSC. Made once for each city. */
export interface RemoteSecrets {
  readonly spId: string
  readonly spPassword: string
  readonly clientId: string
  readonly clientSecret: string
}

const Row = z.object({ value: z.string() })
const SETTING = 'remote-signing'
const Secrets = z.object({ spId: z.string(), spPassword: z.string(), clientId: z.string(), clientSecret: z.string() })

/** Made by whoever comes first, and read back. */
export async function remoteSecrets(sql: Sql): Promise<RemoteSecrets> {
  const fresh: RemoteSecrets = { spId: 'mot-cua-phuong', spPassword: randomUUID(), clientId: 'mot-cua-phuong', clientSecret: randomUUID() }
  await run(sql, 'insert into settings (name, value) values ($1, $2) on conflict do nothing returning name', [SETTING, JSON.stringify(fresh)])
  return Secrets.parse(JSON.parse((await only(sql, Row, 'select value from settings where name = $1', [SETTING])).value))
}
