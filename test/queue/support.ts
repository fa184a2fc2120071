import { cpSync, copyFileSync, mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { MIGRATIONS } from '../storage/support'

/** The program's migrations with the proposed one of the queue behind them. */
export function migrationsWithQueue(folder: string): string {
  const target = join(folder, 'migrations')
  mkdirSync(target)
  cpSync(MIGRATIONS, target, { recursive: true })
  copyFileSync(resolve(MIGRATIONS, '../src-main/queue/schema.sql.txt'), join(target, '9000_queue.sql'))
  return target
}

export const SECRET = { agency: 'H29.12', bytes: Buffer.alloc(32, 9) }

/** A moment all processes of this machine agree on, ms. */
export const moment = (): number => performance.timeOrigin + performance.now()
