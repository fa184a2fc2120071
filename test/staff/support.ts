import { onTestFinished } from 'vitest'
import { CounterSettings, WardSettings } from '@contract/settings'
import type { Account, Role } from '@contract/staff'
import { createStaff, type FirstRun, setUp, type SetUpDeps, type Staff } from '../../src-main/staff'
import { type Clock, silent } from '../../src-main/storage'
import { MIGRATIONS, nativeBinding, temporaryFolder } from '../storage/support'

/** So little work that a test can afford many sign-ins. */
export const CHEAP = { memoryKiB: 64, iterations: 1, parallelism: 1 }
export const ward = WardSettings.parse({
  name: 'Ủy ban nhân dân phường Thử Nghiệm', parentAgency: 'Ủy ban nhân dân Thành phố Hồ Chí Minh', agencyCode: 'H29.900', province: 'Thành phố Hồ Chí Minh',
})
export const counter = CounterSettings.parse({ code: 'Q3', name: 'Quầy 3' })
export const administrator = { loginName: 'quan.tri', fullName: 'Phạm Quản Trị', title: 'Công chức', secret: 'sen hồng đầu hạ' }

export interface MovingClock extends Clock {
  pass(seconds: number): void
}

export function movingClock(): MovingClock {
  let ms = Date.parse('2026-11-23T07:20:00.000Z')
  return { now: () => new Date(ms), pass: (seconds) => void (ms += seconds * 1000) }
}

export const setUpDeps = (folder: string, clock: Clock): SetUpDeps => ({
  folder, migrationsFolder: MIGRATIONS, nativeBinding, clock, log: silent, wrapper: null, cost: CHEAP,
})

export interface Ward extends FirstRun {
  readonly folder: string
  readonly clock: MovingClock
  readonly staff: Staff
  readonly administrator: Account
  actions(): readonly string[]
  /** How often the screen was told that a session changed. */
  changes(): number
}

/** A ward after its first run, with nobody signed in. */
export async function newWard(): Promise<Ward> {
  const folder = temporaryFolder()
  const clock = movingClock()
  const first = await setUp(setUpDeps(folder, clock), { ward, counter, administrator })
  onTestFinished(() => first.store.close())
  let changes = 0
  const staff = createStaff({ ...first, clock, cost: CHEAP, idleMinutes: () => 10, changed: () => void changes++, helperChanged: () => undefined })
  const [account] = staff.list()
  if (!account) throw new Error('the first run made no administrator')
  const actions = () => [...first.audit.list(first.store.read, { limit: 200 })].reverse().map((entry) => entry.action)
  return { ...first, folder, clock, staff, administrator: account, actions, changes: () => changes }
}

export const secretOf = (loginName: string): string => `mật khẩu của ${loginName} 2026`

/** An account that has already chosen its own secret. */
export async function newColleague(ward: Ward, loginName: string, role: Role): Promise<Account> {
  const input = { loginName, fullName: `Nguyễn ${loginName}`, title: '', role, secret: 'bí mật ban đầu' }
  const account = await ward.staff.create(ward.administrator, input)
  const session = await ward.staff.signIn({ loginName, secret: input.secret })
  await ward.staff.changeSecret(session.id, { current: input.secret, next: secretOf(loginName) })
  ward.staff.signOut(session.id)
  return account
}
