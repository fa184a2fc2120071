import { expect, it } from 'vitest'
import { DraftId } from '@contract/ids'
import { codeOfAsync } from '../../storage/support'
import { counter, OFFICER, subject } from './support'

const DRAFT = DraftId.parse('01939b6e-0000-7000-8000-0000000000d1')
const AT = '2026-11-23T07:10:00.000Z'
const GOOD = { outcome: 'same-person', contents: 'unchanged', signature: 'valid', chain: 'trusted', copy: 'original', who: 'applicant', at: AT, idNumber: '079 192 004 617', fullName: 'ĐẶNG THỊ NGỌC ÁNH' }

/** An issuance at its second step, and a check of the chip that was kept with its draft. */
async function checked(changed: Partial<typeof GOOD>) {
  const made = counter()
  const { idNumber, fullName, outcome, contents, signature, chain, copy, who, at } = { ...GOOD, ...changed }
  made.store.write((tx) => {
    tx.run("INSERT INTO draft (id, officer_id, content, created_at, saved_at) VALUES (?, ?, ?, ?, ?)", [DRAFT, OFFICER.id, JSON.stringify({ applicant: { idNumber, fullName } }), AT, AT])
    tx.run(
      `INSERT INTO identity_check (id, draft_id, who, at, officer_id, officer_name, purpose, method, outcome, protocol, downgraded, contents, signature, chain, copy, signer, differences, reader, simulated)
       VALUES ('check-1', ?, ?, ?, ?, ?, 'identify', 'chip', ?, 'PACE', 0, ?, ?, ?, ?, NULL, '[]', 'r', 0)`, [DRAFT, who, at, OFFICER.id, OFFICER.name, outcome, contents, signature, chain, copy])
  })
  const { id } = made.issuing.start(OFFICER, { draftId: DRAFT, dossierId: null, subject, provider: 'nam-binh', renewalOf: null })
  await made.act(id, { step: 'consent', how: 'paper' })
  return { ...made, id }
}

it('a chip that was read and proved for the draft of this visit establishes who it is', async () => {
  const made = await checked({})
  expect(await made.act(made.id, { step: 'identity', how: 'chip', check: null, second: null })).toMatchObject({ step: 'person', left: [{ step: 'consent' }, { step: 'identity', how: 'chip' }] })
})

it.each<[string, Partial<typeof GOOD>]>([
  ['of another person', { outcome: 'another-person' }], ['with changed contents', { contents: 'changed' }], ['whose signer nobody knows', { chain: 'no-anchor' }], ['that was copied', { copy: 'copied' }],
  ['of the owner, not the applicant', { who: 'owner' }], ['of yesterday', { at: '2026-11-22T07:10:00.000Z' }], ['of a draft that was given to somebody else since', { idNumber: '001099000001' }], ['of the same number under another name', { fullName: 'Đặng Thị Ngọc Anh' }],
])('a chip %s does not', async (_name, changed) => {
  const made = await checked(changed)
  expect(await codeOfAsync(() => made.act(made.id, { step: 'identity', how: 'chip', check: null, second: null }))).toBe('KS-056')
  expect(made.issuing.get(made.id).step).toBe('identity')
})
