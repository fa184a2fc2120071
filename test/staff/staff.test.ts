import { describe, expect, test } from 'vitest'
import { SessionId } from '@contract/staff'
import { createStaff } from '../../src-main/staff'
import { openKeyring } from '../../src-main/storage'
import { codeOf, codeOfAsync } from '../storage/support'
import { administrator, CHEAP, newColleague, newWard, secretOf, type Ward } from './support'

const signIn = (ward: Ward, loginName: string, secret = secretOf(loginName)) => ward.staff.signIn({ loginName, secret })
const signInAdministrator = (ward: Ward) => ward.staff.signIn(administrator)
const failing = async (ward: Ward, times: number): Promise<(string | undefined)[]> => {
  const codes: (string | undefined)[] = []
  for (let n = 0; n < times; n++) codes.push(await codeOfAsync(() => signIn(ward, administrator.loginName, 'không phải nó')))
  return codes
}

describe('signing in', () => {
  test('begins an open session', async () => {
    const ward = await newWard()
    expect(await signInAdministrator(ward)).toMatchObject({ locked: false, account: { role: 'administrator' }, locksAt: '2026-11-23T07:30:00.000Z' })
  })

  test('works whichever marks and case the name is typed with', async () => {
    const ward = await newWard()
    expect((await signIn(ward, 'QUẢN.TRỊ', administrator.secret)).account.loginName).toBe('quan.tri')
  })

  test('does not tell a wrong name from a wrong secret', async () => {
    const ward = await newWard()
    expect([await codeOfAsync(() => signIn(ward, 'khong.co', 'sai bét cả')), await codeOfAsync(() => signIn(ward, 'quan.tri', 'sai bét cả'))]).toEqual(['TK-001', 'TK-001'])
  })

  test('has to wait after three failures, even with the right secret', async () => {
    const ward = await newWard()
    await failing(ward, 3)
    expect(await codeOfAsync(() => signInAdministrator(ward))).toBe('TK-002')
  })

  test('works again when the wait is over, and the failures are forgotten', async () => {
    const ward = await newWard()
    await failing(ward, 3)
    ward.clock.pass(15)
    await signInAdministrator(ward)
    expect(await failing(ward, 3)).toEqual(['TK-001', 'TK-001', 'TK-001'])
  })

  test('counts many tries at once one by one', async () => {
    const ward = await newWard()
    const codes = await Promise.all(Array.from({ length: 5 }, () => codeOfAsync(() => signIn(ward, 'quan.tri', 'sai bét cả'))))
    expect(codes).toEqual(['TK-001', 'TK-001', 'TK-001', 'TK-002', 'TK-002'])
  })

  test('still has to wait after a restart of the program', async () => {
    const ward = await newWard()
    await failing(ward, 3)
    const restarted = createStaff({ ...ward, cost: CHEAP, idleMinutes: () => 10, changed: () => undefined, helperChanged: () => undefined })
    expect(await codeOfAsync(() => restarted.signIn(administrator))).toBe('TK-002')
  })

  test('is refused to a disabled account, and says so only to who knows its secret', async () => {
    const ward = await newWard()
    const { id } = await newColleague(ward, 'lan', 'officer')
    ward.staff.update(ward.administrator, { id, disabled: true })
    expect([await codeOfAsync(() => signIn(ward, 'lan')), await codeOfAsync(() => signIn(ward, 'lan', 'sai bét cả'))]).toEqual(['TK-007', 'TK-001'])
  })

  test('ends the session of whoever sat there before', async () => {
    const ward = await newWard()
    await newColleague(ward, 'lan', 'officer')
    const before = await signInAdministrator(ward)
    await signIn(ward, 'lan')
    expect(ward.staff.get(before.id)).toBeUndefined()
  })

  test('mends an envelope that a crash left sealed under another secret', async () => {
    const ward = await newWard()
    const { id } = ward.administrator
    await ward.keyring.addOfficer(ward.dataKey, { account: id, loginName: 'quan.tri', secret: 'một bí mật cũ', secretId: 'f'.repeat(32) })
    await signInAdministrator(ward)
    expect(await codeOfAsync(() => ward.keyring.unlockWithOfficer('quan.tri', administrator.secret))).toBeUndefined()
  })
})

describe('a session', () => {
  test('locks when nobody works at it', async () => {
    const ward = await newWard()
    const { id } = await signInAdministrator(ward)
    ward.clock.pass(10 * 60)
    expect(codeOf(() => ward.staff.require(id, 'administer'))).toBe('TK-004')
  })

  test('stays open while somebody works at it', async () => {
    const ward = await newWard()
    const { id } = await signInAdministrator(ward)
    ward.clock.pass(9 * 60)
    ward.staff.touch(id)
    ward.clock.pass(9 * 60)
    expect(codeOf(() => ward.staff.require(id, 'administer'))).toBeUndefined()
  })

  test('tells the screen when it locks by itself', async () => {
    const ward = await newWard()
    await signInAdministrator(ward)
    const before = ward.changes()
    ward.clock.pass(10 * 60)
    ward.staff.tick()
    ward.staff.tick()
    expect(ward.changes() - before).toBe(1)
  })

  test('opens again by the secret of its officer', async () => {
    const ward = await newWard()
    const { id } = await signInAdministrator(ward)
    ward.staff.lock(id, 'asked')
    expect(await ward.staff.unlock(id, administrator.secret)).toMatchObject({ id, locked: false })
  })

  test('does not open by a wrong secret, which counts as a failure', async () => {
    const ward = await newWard()
    const { id } = await signInAdministrator(ward)
    ward.staff.lock(id, 'asked')
    const codes = []
    for (let n = 0; n < 4; n++) codes.push(await codeOfAsync(() => ward.staff.unlock(id, 'không phải nó')))
    expect([codes, ward.staff.get(id)?.locked]).toEqual([['TK-001', 'TK-001', 'TK-001', 'TK-002'], true])
  })

  test('is not kept open by work once it is locked', async () => {
    const ward = await newWard()
    const { id } = await signInAdministrator(ward)
    ward.staff.lock(id, 'system')
    ward.staff.touch(id)
    expect(ward.staff.get(id)?.locked).toBe(true)
  })

  test('is over after twelve hours, worked at or not', async () => {
    const ward = await newWard()
    const { id } = await signInAdministrator(ward)
    for (let hour = 0; hour < 12; hour++) {
      for (let part = 0; part < 10; part++) {
        ward.staff.touch(id)
        ward.clock.pass(6 * 60)
      }
    }
    expect(codeOf(() => ward.staff.require(id, 'administer'))).toBe('TK-003')
  })

  test('that nobody has is refused', async () => {
    const ward = await newWard()
    await signInAdministrator(ward)
    expect([codeOf(() => ward.staff.require(undefined, 'signed-in')), codeOf(() => ward.staff.require(SessionId.parse('0'.repeat(32)), 'signed-in'))]).toEqual(['TK-003', 'TK-003'])
  })

  test('loses a right as soon as its account does', async () => {
    const ward = await newWard()
    const { id: account } = await newColleague(ward, 'hoa', 'supervisor')
    const { id } = await signIn(ward, 'hoa')
    ward.staff.update(ward.administrator, { id: account, role: 'officer' })
    expect(codeOf(() => ward.staff.require(id, 'supervise'))).toBe('TK-005')
  })

  test('is over as soon as its account is disabled', async () => {
    const ward = await newWard()
    const { id: account } = await newColleague(ward, 'hoa', 'supervisor')
    const { id } = await signIn(ward, 'hoa')
    ward.staff.update(ward.administrator, { id: account, disabled: true })
    expect([codeOf(() => ward.staff.require(id, 'receive')), ward.staff.get(id)]).toEqual(['TK-007', undefined])
  })

  test('of an administrator receives no dossiers', async () => {
    const ward = await newWard()
    const { id } = await signInAdministrator(ward)
    expect(codeOf(() => ward.staff.require(id, 'receive'))).toBe('TK-005')
  })
})

describe('accounts', () => {
  const lan = { loginName: 'Lan.Đặng', fullName: 'Đặng Thị Lan', title: 'Công chức', role: 'officer', secret: 'bí mật ban đầu' } as const

  test('that are new may do nothing before they have a secret of their own', async () => {
    const ward = await newWard()
    await ward.staff.create(ward.administrator, lan)
    const { id } = await signIn(ward, lan.loginName, lan.secret)
    expect([codeOf(() => ward.staff.require(id, 'receive')), codeOf(() => ward.staff.require(id, 'signed-in'))]).toEqual(['TK-014', undefined])
  })

  test('may work after they have chosen one', async () => {
    const ward = await newWard()
    await newColleague(ward, 'lan', 'officer')
    const { id } = await signIn(ward, 'lan')
    expect(codeOf(() => ward.staff.require(id, 'receive'))).toBeUndefined()
  })

  test('cannot have names that differ only in marks', async () => {
    const ward = await newWard()
    await ward.staff.create(ward.administrator, lan)
    expect(await codeOfAsync(() => ward.staff.create(ward.administrator, { ...lan, loginName: 'lan.dang' }))).toBe('TK-008')
  })

  test.each(['a', 'có dấu cách', 'x'.repeat(61), '<b>'])('cannot have the login name %j', async (loginName) => {
    const ward = await newWard()
    expect(await codeOfAsync(() => ward.staff.create(ward.administrator, { ...lan, loginName }))).toBe('TK-016')
  })

  test('cannot have a weak secret', async () => {
    const ward = await newWard()
    expect(await codeOfAsync(() => ward.staff.create(ward.administrator, { ...lan, secret: '12345678' }))).toBe('TK-006')
  })

  test('always leave one administrator', async () => {
    const ward = await newWard()
    const { id } = ward.administrator
    expect([codeOf(() => ward.staff.update(ward.administrator, { id, disabled: true })), codeOf(() => ward.staff.update(ward.administrator, { id, role: 'officer' }))]).toEqual(['TK-009', 'TK-009'])
  })

  test('let the first administrator go once there is a second', async () => {
    const ward = await newWard()
    await newColleague(ward, 'it.hai', 'administrator')
    expect(ward.staff.update(ward.administrator, { id: ward.administrator.id, disabled: true }).disabled).toBe(true)
  })

  test('are never deleted, not even by SQL', async () => {
    const ward = await newWard()
    expect(codeOf(() => ward.store.write((tx) => tx.run('DELETE FROM account')))).toContain('disabled, not deleted')
  })

  test('that are disabled open the data folder no more', async () => {
    const ward = await newWard()
    const { id } = await newColleague(ward, 'lan', 'officer')
    ward.staff.update(ward.administrator, { id, disabled: true })
    expect(await codeOfAsync(() => ward.keyring.unlockWithOfficer('lan', secretOf('lan')))).toBe('TK-001')
  })
})

describe('a secret', () => {
  test('that was changed opens the data folder, and the old one does not', async () => {
    const ward = await newWard()
    const { id } = await signInAdministrator(ward)
    await ward.staff.changeSecret(id, { current: administrator.secret, next: 'cúc vàng cuối thu' })
    const keyring = openKeyring({ folder: ward.folder, cost: CHEAP })
    const opens = async (secret: string) => codeOfAsync(() => keyring.unlockWithOfficer('quan.tri', secret))
    expect([await opens('cúc vàng cuối thu'), await opens(administrator.secret)]).toEqual([undefined, 'TK-001'])
  })

  test('is not changed for one that is the same', async () => {
    const ward = await newWard()
    const { id } = await signInAdministrator(ward)
    expect(await codeOfAsync(() => ward.staff.changeSecret(id, { current: administrator.secret, next: administrator.secret }))).toBe('TK-006')
  })

  test('that a supervisor reset for an officer must be changed', async () => {
    const ward = await newWard()
    const supervisor = await newColleague(ward, 'hoa', 'supervisor')
    const officer = await newColleague(ward, 'lan', 'officer')
    await ward.staff.resetSecret(supervisor, { id: officer.id, next: 'đặt lại hôm nay' })
    expect((await signIn(ward, 'lan', 'đặt lại hôm nay')).account.mustChangeSecret).toBe(true)
  })

  test('of an administrator is not reset by a supervisor', async () => {
    const ward = await newWard()
    const supervisor = await newColleague(ward, 'hoa', 'supervisor')
    expect(await codeOfAsync(() => ward.staff.resetSecret(supervisor, { id: ward.administrator.id, next: 'đặt lại hôm nay' }))).toBe('TK-005')
  })

  test('can be set anew with the recovery key', async () => {
    const ward = await newWard()
    await failing(ward, 5)
    await ward.keyring.unlockWithRecovery(ward.recoveryKey)
    await ward.staff.resetByRecovery('quan.tri', 'tre xanh đầu ngõ')
    expect((await signIn(ward, 'quan.tri', 'tre xanh đầu ngõ')).account.role).toBe('administrator')
  })
})

describe('the audit chain', () => {
  test('tells every act and every refusal, and stays sound', async () => {
    const ward = await newWard()
    await codeOfAsync(() => signIn(ward, 'khong.co', 'sai bét cả'))
    await failing(ward, 1)
    const { id } = await signInAdministrator(ward)
    codeOf(() => ward.staff.require(id, 'receive'))
    ward.staff.lock(id, 'asked')
    await ward.staff.unlock(id, administrator.secret)
    await ward.staff.changeSecret(id, { current: administrator.secret, next: 'cúc vàng cuối thu' })
    const account = await ward.staff.create(ward.administrator, { loginName: 'lan', fullName: 'Lan', title: '', role: 'officer', secret: 'bí mật ban đầu' })
    await ward.staff.resetSecret(ward.administrator, { id: account.id, next: 'đặt lại hôm nay' })
    ward.staff.update(ward.administrator, { id: account.id, disabled: true })
    ward.staff.signOut(id)
    expect([ward.actions(), ward.audit.verify(ward.store.read).ok]).toEqual([[
      'program.first-run', 'settings.changed', 'staff.sign-in-failed', 'staff.sign-in-failed', 'staff.sign-in', 'staff.right-refused', 'staff.lock',
      'staff.unlock', 'staff.secret-changed', 'staff.account-created', 'staff.secret-reset', 'staff.account-changed', 'staff.sign-out',
    ], true])
  })

  test('holds no name, no secret and nothing that was typed', async () => {
    const ward = await newWard()
    await codeOfAsync(() => signIn(ward, 'gõ nhầm mật khẩu', 'sai bét cả'))
    await newColleague(ward, 'lan', 'officer')
    const told = JSON.stringify(ward.audit.list(ward.store.read, { limit: 100 }))
    expect(told).not.toMatch(/lan|nhầm|sai bét|mật|quan\.tri|Phạm/i)
  })
})
