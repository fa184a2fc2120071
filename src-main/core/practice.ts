import { AppError } from '@contract/errors'
import type { CoreSettings } from '@contract/host'
import { foldLoginName } from '@contract/staff'
import type { Argon2Cost, FolderState } from '../storage'
import type { SetUpInput } from '../staff'
import { readLink } from '../sync'
import { enrolOffice } from './enrol'
import type { Log } from './log'
import type { Office } from './office'
import { type PracticeWard, readPracticeWard } from './resources'

/** The secrets of practice mode stand on its sign-in screen: work that slows guessing down would only slow the start. */
export const PRACTICE_COST: Argon2Cost = { memoryKiB: 8 * 1024, iterations: 1, parallelism: 1 }

type Deps = Readonly<{
  settings: CoreSettings
  state: FolderState
  /** Already open by the key of the operating system. */
  opened: Office | undefined
  log: Log
  firstRun(input: SetUpInput): Promise<{ office: Office }>
  openWithOfficer(loginName: string, secret: string): Promise<Office>
}>

/**
 * Opens the invented ward of practice mode, made at its first start. Its secrets are printed on the sign-in screen, so opening the
 * data with one of them gives nothing away; nothing in it is of a real person. Stays locked when all of them were changed.
 */
export async function openPracticeWard({ settings, state, opened, log, firstRun, openWithOfficer }: Deps): Promise<void> {
  const ward = readPracticeWard(settings.resourcesFolder)
  const office = opened ?? (state === 'ready' ? await openWithAny(ward, openWithOfficer) : (await firstRun(ward)).office)
  if (!office) {
    log('practice.locked')
    return
  }
  await hire(office, ward)
  await enrolAtPracticeCity(office, settings, log)
}

async function openWithAny({ administrator, accounts }: PracticeWard, openWithOfficer: Deps['openWithOfficer']): Promise<Office | undefined> {
  for (const { loginName, secret } of [administrator, ...accounts]) {
    try {
      return await openWithOfficer(loginName, secret)
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'TK-001') throw error
    }
  }
  return undefined
}

/** Registers with the practice city that was started beside the app. Without it the ward works as with the line down. */
async function enrolAtPracticeCity(office: Office, { cityUrl, cityEnrolment }: CoreSettings, log: Log): Promise<void> {
  if (cityUrl === undefined || cityEnrolment === undefined) return
  const link = readLink(office.store.read)
  if (link && new URL(link.url).href === new URL(cityUrl).href) return
  try {
    await enrolOffice(office, { url: cityUrl, code: cityEnrolment, by: 'system' })
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    log('practice.not-enrolled', { code: error.code })
  }
}

/** Makes the accounts that are missing, also those that a first start which broke off still owes. */
async function hire({ staff }: Office, { administrator, accounts }: PracticeWard): Promise<void> {
  const known = new Map(staff.list().map((account) => [foldLoginName(account.loginName), account]))
  const by = known.get(foldLoginName(administrator.loginName))
  for (const account of accounts) {
    const before = known.get(foldLoginName(account.loginName))
    if (!by || (before && !before.mustChangeSecret)) continue
    // An account starts with a secret that has to be changed; here the one on the screen stays the one in force.
    if (!before) await staff.create(by, { ...account, secret: `${account.secret}-0` })
    await staff.resetByRecovery(account.loginName, account.secret)
  }
}
