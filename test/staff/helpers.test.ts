import { describe, expect, test } from 'vitest'
import { codeOf, codeOfAsync } from '../storage/support'
import { administrator, newColleague, newWard, secretOf, type Ward } from './support'

async function newHelper(ward: Ward, loginName = 'anh.helper') {
  const account = await ward.staff.create(ward.administrator, { loginName, fullName: 'Nguyễn Hoài An', title: '', role: 'helper', secret: 'bí mật ban đầu' })
  const session = await ward.staff.helpers.signIn({ loginName, secret: 'bí mật ban đầu' })
  await ward.staff.helpers.changeSecret(session.id, { current: 'bí mật ban đầu', next: secretOf(loginName) })
  ward.staff.helpers.end(session.id, 'asked')
  return { account, signIn: () => ward.staff.helpers.signIn({ loginName, secret: secretOf(loginName) }) }
}

describe('A helper', () => {
  test('cannot sign in at the counter, and is told so only with the right secret', async () => {
    const ward = await newWard()
    await newHelper(ward)
    const signIn = (secret: string) => codeOfAsync(() => ward.staff.signIn({ loginName: 'anh.helper', secret }))
    expect([await signIn(secretOf('anh.helper')), await signIn('sai bét cả')]).toEqual(['TK-018', 'TK-001'])
  })

  test('neither ends the officer’s session nor is ended by one', async () => {
    const ward = await newWard()
    const { signIn } = await newHelper(ward)
    const officer = await ward.staff.signIn(administrator)
    const helper = await signIn()
    expect([ward.staff.get(officer.id)?.locked, ward.staff.helpers.get(helper.id)?.account.role]).toEqual([false, 'helper'])
    await ward.staff.signIn(administrator)
    expect(ward.staff.helpers.get(helper.id)).toBeDefined()
  })

  test('has no session at the counter and the officer none at the helper’s window', async () => {
    const ward = await newWard()
    const { signIn } = await newHelper(ward)
    const [officer, helper] = [await ward.staff.signIn(administrator), await signIn()]
    expect([codeOf(() => ward.staff.require(helper.id, 'signed-in')), codeOf(() => ward.staff.helpers.require(officer.id, 'assist'))]).toEqual(['TK-003', 'TK-003'])
  })

  test('is signed out when left idle, not locked', async () => {
    const ward = await newWard()
    const { signIn } = await newHelper(ward)
    const { id } = await signIn()
    ward.clock.pass(10 * 60)
    ward.staff.tick()
    expect([ward.staff.helpers.get(id), ward.actions().slice(-1)]).toEqual([undefined, ['staff.sign-out']])
  })

  test('is signed out when the system goes to sleep', async () => {
    const ward = await newWard()
    const { signIn } = await newHelper(ward)
    const { id } = await signIn()
    ward.staff.helpers.clear('system')
    expect(ward.staff.helpers.get(id)).toBeUndefined()
  })

  test('has to wait after three failures as everybody', async () => {
    const ward = await newWard()
    const { signIn } = await newHelper(ward)
    for (let turn = 0; turn < 3; turn += 1) await codeOfAsync(() => ward.staff.helpers.signIn({ loginName: 'anh.helper', secret: 'sai bét cả' }))
    expect(await codeOfAsync(signIn)).toBe('TK-002')
  })

  test('has no key to the data of the ward', async () => {
    const ward = await newWard()
    const { account } = await newHelper(ward)
    expect([ward.keyring.officerSecretId(account.id), await codeOfAsync(() => ward.keyring.unlockWithOfficer('anh.helper', secretOf('anh.helper')))]).toEqual([undefined, 'TK-001'])
  })

  test('who becomes an officer loses the window in the hall and gets a key at the first sign-in; the other way round it is taken', async () => {
    const ward = await newWard()
    const { account, signIn } = await newHelper(ward)
    const { id } = await signIn()
    ward.staff.update(ward.administrator, { id: account.id, role: 'officer' })
    expect(codeOf(() => ward.staff.helpers.require(id, 'assist'))).toBe('TK-003')
    const session = await ward.staff.signIn({ loginName: 'anh.helper', secret: secretOf('anh.helper') })
    expect(ward.keyring.officerSecretId(account.id)).toBeDefined()
    ward.staff.update(ward.administrator, { id: account.id, role: 'helper' })
    expect([ward.keyring.officerSecretId(account.id), codeOf(() => ward.staff.require(session.id, 'signed-in'))]).toEqual([undefined, 'TK-003'])
  })

  test('may do nothing with a secret that somebody else has set', async () => {
    const ward = await newWard()
    await ward.staff.create(ward.administrator, { loginName: 'moi', fullName: 'Mới', title: '', role: 'helper', secret: 'bí mật ban đầu' })
    const { id } = await ward.staff.helpers.signIn({ loginName: 'moi', secret: 'bí mật ban đầu' })
    expect(codeOf(() => ward.staff.helpers.require(id, 'assist'))).toBe('TK-014')
  })
})

test('an officer cannot sign in at the helper’s window', async () => {
  const ward = await newWard()
  await newColleague(ward, 'lan', 'officer')
  expect(await codeOfAsync(() => ward.staff.helpers.signIn({ loginName: 'lan', secret: secretOf('lan') }))).toBe('TK-019')
})

test('a supervisor may reset a helper’s secret', async () => {
  const ward = await newWard()
  const { account } = await newHelper(ward)
  const supervisor = await newColleague(ward, 'huy', 'supervisor')
  expect(await codeOfAsync(() => ward.staff.resetSecret(supervisor, { id: account.id, next: 'một câu dễ nhớ' }))).toBeUndefined()
})
