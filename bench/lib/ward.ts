import { connect, type Connection } from '../../src-main/core/connection'
import { createCounter, type Counter } from '../../src-main/core/counter'
import { headlessHost } from '../../src-main/core/host'
import { createLive } from '../../src-main/core/live'
import { quiet } from '../../src-main/core/log'
import type { Office } from '../../src-main/core/office'
import { readPracticeWard } from '../../src-main/core/resources'
import { systemClock } from '../../src-main/storage'
import type { Actor } from '../../src-main/intake'
import { hashThread, migrationsFolder, nativeBinding, resourcesFolder } from './places'

export type Ward = Readonly<{ counter: Counter; office: Office; connection: Connection; live: ReturnType<typeof createLive>; close(): Promise<void> }>

/** Opens the practice ward in a folder as the app does, without a window; made there if the folder is empty. */
export async function openWard(folder: string): Promise<Ward> {
  const live = createLive()
  const host = headlessHost()
  const counter = createCounter({
    host, live, clock: systemClock, log: quiet, threads: { hashing: hashThread ?? null, pages: null, reading: null },
    settings: {
      dataFolder: folder, resourcesFolder, migrationsFolder, practice: true, appVersion: '0.0.0', electronVersion: 'none', keyStore: 'none',
      ...(nativeBinding !== undefined && { nativeBinding }),
    },
  })
  await counter.start()
  const office = counter.office()
  if (!office) throw new Error('the practice ward did not open')
  return { counter, office, live, connection: connect(counter, host, systemClock), close: () => counter.close() }
}

/** Sets a folder up as an office does at its first run: closed when this returns, to be opened by the administrator's secret only. */
export async function setUpWorkFolder(folder: string): Promise<{ loginName: string; secret: string }> {
  const { ward, counter: place, administrator } = readPracticeWard(resourcesFolder)
  const counter = createCounter({
    host: headlessHost(), live: createLive(), clock: systemClock, log: quiet,
    settings: {
      dataFolder: folder, resourcesFolder, migrationsFolder, practice: false, appVersion: '0.0.0', electronVersion: 'none', keyStore: 'none',
      ...(nativeBinding !== undefined && { nativeBinding }),
    },
  })
  await counter.start()
  await counter.setUp({ ward, counter: place, administrator })
  await counter.close()
  return administrator
}

/** Login name and secret of an officer of the practice ward. */
export function practiceOfficer(): { loginName: string; secret: string } {
  const officer = readPracticeWard(resourcesFolder).accounts.find(({ role }) => role === 'officer')
  if (!officer) throw new Error('the practice ward has no officer')
  return officer
}

/** Who acts in a benchmark: the ward's officer. */
export function actorOf({ staff }: Office): Actor {
  const account = staff.list().find(({ role }) => role === 'officer')
  if (!account) throw new Error('the practice ward has no officer')
  return { id: account.id, name: account.fullName }
}
