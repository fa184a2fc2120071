import { AppError } from '@contract/errors'
import type { CoreSettings } from '@contract/host'
import type { FolderState } from '../storage'
import type { SetUpInput } from '../staff'
import { readLink } from '../sync'
import type { Log } from './log'
import type { Office } from './office'
import { readPracticeWard } from './resources'

type Deps = Readonly<{
  settings: CoreSettings
  state: FolderState
  log: Log
  firstRun(input: SetUpInput): Promise<{ office: Office }>
  openWithOfficer(loginName: string, secret: string): Promise<Office>
}>

/**
 * Opens the invented ward of practice mode, made at its first start. Its secrets are printed on the sign-in screen, so opening the
 * data with one of them gives nothing away; nothing in it is of a real person.
 */
export async function openPracticeWard({ settings, state, log, firstRun, openWithOfficer }: Deps): Promise<void> {
  const { ward, counter, administrator, accounts } = readPracticeWard(settings.resourcesFolder)
  const office = state === 'ready' ? await openWithOfficer(administrator.loginName, administrator.secret) : (await firstRun({ ward, counter, administrator })).office
  if (state !== 'ready') await hire(office, administrator, accounts)
  await enrolAtPracticeCity(office, settings, log)
}

/** Registers with the practice city that was started beside the app. Without it the ward works as with the line down. */
async function enrolAtPracticeCity(office: Office, { cityUrl, cityEnrolment }: CoreSettings, log: Log): Promise<void> {
  if (cityUrl === undefined || cityEnrolment === undefined) return
  const link = readLink(office.store.read)
  if (link && new URL(link.url).href === new URL(cityUrl).href) return
  try {
    await office.sync.enrol(cityUrl, cityEnrolment, 'system')
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    log('practice.not-enrolled', { code: error.code })
  }
}

async function hire(office: Office, { loginName, secret }: { loginName: string; secret: string }, accounts: ReturnType<typeof readPracticeWard>['accounts']): Promise<void> {
  const session = await office.staff.signIn({ loginName, secret })
  for (const account of accounts) {
    // An account starts with a secret that has to be changed; here the one on the screen stays the one in force.
    const created = await office.staff.create(session.account, { ...account, secret: `${account.secret}-0` })
    await office.staff.resetByRecovery(created.loginName, account.secret)
  }
  office.staff.signOut(session.id)
}
