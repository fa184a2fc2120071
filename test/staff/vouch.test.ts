import { expect, it } from 'vitest'
import { codeOfAsync } from '../storage/support'
import { newColleague, newWard, secretOf } from './support'

it('a second officer proves to be here without taking the seat, and it is audited', async () => {
  const ward = await newWard()
  const first = await newColleague(ward, 'duyen', 'officer')
  const second = await newColleague(ward, 'kien', 'officer')
  const session = await ward.staff.signIn({ loginName: 'duyen', secret: secretOf('duyen') })
  expect((await ward.staff.vouch({ loginName: 'kien', secret: secretOf('kien') })).id).toBe(second.id)
  expect(ward.staff.get(session.id)?.account.id).toBe(first.id)
  expect(ward.actions().at(-1)).toBe('staff.vouched')
})

it('a wrong secret counts as any other, and a helper vouches for nobody', async () => {
  const ward = await newWard()
  await newColleague(ward, 'kien', 'officer')
  expect(await codeOfAsync(() => ward.staff.vouch({ loginName: 'kien', secret: 'sai' }))).toBe('TK-001')
  expect(ward.actions().at(-1)).toBe('staff.sign-in-failed')
  await ward.staff.create(ward.administrator, { loginName: 'an', fullName: 'Nguyễn An', title: '', role: 'helper', secret: 'bí mật ban đầu' })
  expect(await codeOfAsync(() => ward.staff.vouch({ loginName: 'an', secret: 'bí mật ban đầu' }))).toBe('TK-018')
})
