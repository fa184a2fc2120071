import { call } from '@orpc/server'
import { describe, expect, it } from 'vitest'
import { type DisplayWish, ShowingId, Signature } from '@contract/display'
import { AppError } from '@contract/errors'
import { DossierId, type DraftId } from '@contract/ids'
import { createOffers } from '../../src-main/core/display-offers'
import { headlessHost, type Host } from '../../src-main/core/host'
import { systemClock } from '../../src-main/storage'
import { textOf } from '../paperwork/pdf-tools'
import { draftOf, DREW, idIn, plugIn } from './display-support'
import { codeOfCall, practice, router } from './support'

const open = async (host?: Host) => {
  const ward = await practice('duyen', host ? { host } : {})
  const { context, office } = ward
  return {
    ...ward,
    show: (wish: DisplayWish) => call(router.display.show, wish, context),
    state: () => call(router.display.state, undefined, context),
    confirmation: (draftId: DraftId) => call(router.display.confirmation, { draftId }, context),
    actions: () => office().audit.list(office().store.read, { limit: 100 }).map(({ action }) => action),
    rows: (table: string) => office().store.read.get(`SELECT count(*) AS n FROM ${table}`, [], (row) => row.integer('n')),
  }
}

describe('A draft on the display', () => {
  it('is shown masked, confirmed with a signature, kept, and told in the audit chain', async () => {
    const ward = await open()
    const { draftId } = await draftOf(ward)
    const window = await plugIn(ward)
    expect((await ward.show({ kind: 'check', draftId })).shown.kind).toBe('check')
    const page = await window.until('check')
    expect(page.facts.find(({ key }) => key === 'idNumber')?.value.vi).toMatch(/^\d{3} ••• ••• \d{3}$/)
    await window.client.answer({ kind: 'right', id: page.id, signature: DREW })
    expect(await window.until('done')).toMatchObject({ words: 'signed' })
    expect(await ward.confirmation(draftId)).toMatchObject({ signed: true, current: true, signature: DREW })
    expect((await ward.state()).answer).toMatchObject({ kind: 'right', signed: true, draftId })
    const told = ward.office().audit.list(ward.office().store.read, { limit: 5 }).find(({ action }) => action === 'citizen.confirmed')
    expect(told).toMatchObject({ subject: { type: 'draft', id: draftId }, detailText: '{"signed":true}' })
  })

  it('that is changed afterwards is not confirmed any more, and is again when it is set back', async () => {
    const ward = await open()
    const { draftId, save } = await draftOf(ward)
    const window = await plugIn(ward)
    await ward.show({ kind: 'check', draftId })
    await window.client.answer({ kind: 'right', id: (await window.until('check')).id, signature: null })
    await save({ note: 'việc của cán bộ' })
    expect(await ward.confirmation(draftId)).toMatchObject({ signed: false, current: true })
    await save({ sets: 2 })
    expect(await ward.confirmation(draftId)).toMatchObject({ current: false })
    await save({ sets: 1 })
    expect(await ward.confirmation(draftId)).toMatchObject({ current: true })
  })

  it('goes off the display when the next number is called: nobody else reads or answers it', async () => {
    const ward = await open()
    const { draftId } = await draftOf(ward)
    const window = await plugIn(ward)
    await ward.show({ kind: 'check', draftId })
    const page = await window.until('check')
    await call(router.queue.take, { letter: 'A', group: 'ordinary' }, ward.context)
    await call(router.queue.next, undefined, ward.context)
    await window.until('waiting')
    expect(await codeOfCall(() => window.client.answer({ kind: 'right', id: page.id, signature: null }))).toBe('MH-004')
    expect(await ward.confirmation(draftId)).toBeNull()
  })

  it('is sent back without anything being confirmed', async () => {
    const ward = await open()
    const { draftId } = await draftOf(ward)
    const window = await plugIn(ward)
    await ward.show({ kind: 'check', draftId })
    await window.client.answer({ kind: 'wrong', id: (await window.until('check')).id })
    expect([await ward.confirmation(draftId), (await ward.state()).answer?.kind, ward.actions()[0]]).toEqual([null, 'wrong', 'citizen.refused'])
  })

  it('is not ready without a procedure: MH-003; without a display: MH-002', async () => {
    const ward = await open()
    const { draftId, save } = await draftOf(ward)
    expect(await codeOfCall(() => ward.show({ kind: 'check', draftId }))).toBe('MH-002')
    await plugIn(ward)
    await save({ procedure: null })
    expect(await codeOfCall(() => ward.show({ kind: 'check', draftId }))).toBe('MH-003')
  })

  it('confirmed before it became a dossier stays confirmed of it', async () => {
    const ward = await open()
    const { draftId, commit } = await draftOf(ward)
    const window = await plugIn(ward)
    await ward.show({ kind: 'check', draftId })
    await window.client.answer({ kind: 'right', id: (await window.until('check')).id, signature: DREW })
    await commit()
    expect(await ward.confirmation(draftId)).toMatchObject({ current: true, signed: true })
  })
})

describe('The signature on Mẫu 01', () => {
  const jobs: Uint8Array[] = []
  const host: Host = { ...headlessHost(), printPdf: async ({ bytes }) => { jobs.push(bytes); return 'printed' } }
  const printed = async (after: (draft: Awaited<ReturnType<typeof draftOf>>, again: () => Promise<void>) => Promise<void>): Promise<string> => {
    const ward = await open(host)
    const draft = await draftOf(ward)
    const window = await plugIn(ward)
    const confirm = async (): Promise<void> => {
      await ward.show({ kind: 'check', draftId: draft.draftId })
      await window.client.answer({ kind: 'right', id: (await window.until('check')).id, signature: DREW })
      await window.until('done')
    }
    await confirm()
    await after(draft, confirm)
    const dossier = await draft.commit()
    await call(router.paper.printReceipt, { dossierId: dossier.id, printer: null, silent: true }, ward.context)
    return textOf(jobs.at(-1) ?? new Uint8Array())
  }
  const MARK = /Xác nhận trên màn hình lúc \d\d\/\d\d\/\d{4} \d\d:\d\d/

  it('is that of the draft as it was received', async () => {
    expect(await printed(async () => undefined)).toMatch(MARK)
  })
  it('is left out when something was changed after it', async () => {
    expect(await printed((draft) => draft.save({ sets: 2 }))).not.toMatch(MARK)
  })
  it('is the newest, of what was changed and confirmed anew', async () => {
    expect(await printed(async (draft, again) => { await draft.save({ sets: 2 }); await again() })).toMatch(MARK)
  })
  it('does not mind that the fee was paid in between', async () => {
    expect(await printed((draft) => draft.save({ fee: { copies: 1, pages: 1, exemption: null, payment: 'cash', councilAmount: 15_000 } }))).toMatch(MARK)
  })
})

describe('A consent sheet', () => {
  it.each([['agree', 1, 'consent.given'], ['decline', 0, 'consent.declined']] as const)('%sd is kept with the digest of its words', async (kind, agreed, action) => {
    const ward = await open()
    const { draftId } = await draftOf(ward)
    const window = await plugIn(ward)
    await ward.show({ kind: 'consent', sheet: 'du-lieu-ca-nhan', draftId })
    const page = await window.until('consent')
    expect([page.title.vi, page.paragraphs.every(({ vi, en }) => vi !== '' && en !== ''), page.sign]).toEqual(['Thông báo và đồng ý xử lý dữ liệu cá nhân', true, true])
    await window.client.answer(kind === 'agree' ? { kind, id: page.id, signature: null } : { kind, id: page.id })
    const row = ward.office().store.read.get('SELECT sheet, version, agreed, length(digest) AS digest, draft_id FROM consent_given', [],
      (found) => [found.text('sheet'), found.integer('version'), found.integer('agreed'), found.integer('digest'), found.text('draft_id')])
    expect([row, ward.actions()[0], (await ward.state()).answer?.kind]).toEqual([['du-lieu-ca-nhan', 1, agreed, 64, draftId], action, kind])
  })

  it('that is not there is not shown: MH-003', async () => {
    const ward = await open()
    await plugIn(ward)
    expect(await codeOfCall(() => ward.show({ kind: 'consent', sheet: 'khac', draftId: null }))).toBe('MH-003')
  })
})

describe('What was confirmed and agreed', () => {
  it('is never changed and never deleted, and a page counts once', async () => {
    const ward = await open()
    const { draftId } = await draftOf(ward)
    const window = await plugIn(ward)
    await ward.show({ kind: 'check', draftId })
    const { id } = await window.until('check')
    await window.client.answer({ kind: 'right', id, signature: DREW })
    const { store } = ward.office()
    const refused = (sql: string): string => {
      try {
        store.write((tx) => tx.run(sql))
        return 'done'
      } catch (error) {
        return error instanceof Error ? error.message : ''
      }
    }
    expect(refused("UPDATE confirmation SET facts = '[]'")).toMatch(/append-only/)
    expect(refused('DELETE FROM confirmation')).toMatch(/append-only/)
    expect(refused('DELETE FROM consent_given')).not.toBe('')
    expect(refused("INSERT INTO confirmation SELECT '01939b6e-0000-7000-8000-00000000000f', draft_id, showing, digest, facts, signature, at, officer_id FROM confirmation")).toMatch(/UNIQUE/)
    expect(await codeOfCall(() => window.client.answer({ kind: 'right', id, signature: DREW }))).toBe('MH-004')
    expect(ward.rows('confirmation')).toBe(1)
  })

  it('holds no number in clear beside the digest', async () => {
    const ward = await open()
    const { draftId } = await draftOf(ward)
    const window = await plugIn(ward)
    await ward.show({ kind: 'check', draftId })
    await window.client.answer({ kind: 'right', id: (await window.until('check')).id, signature: null })
    const facts = ward.office().store.read.get('SELECT facts FROM confirmation', [], (row) => row.text('facts')) ?? ''
    const { content } = ward.office().intake.open(draftId)
    expect([facts.includes('•••'), facts.includes(content.applicant.idNumber)]).toEqual([true, false])
  })
})

describe('A fee by QR', () => {
  it('in practice goes to no bank, and says what to write', async () => {
    const ward = await open()
    const { draftId } = await draftOf(ward)
    const window = await plugIn(ward)
    await ward.show({ kind: 'pay', draftId })
    const page = await window.until('pay')
    expect(page).toMatchObject({ amount: 15_000, simulated: true, account: { number: '0000000000' }, purpose: expect.stringMatching(/^Le phi ho so [0-9A-F]{8}$/) })
    expect((await ward.state()).shown).toMatchObject({ kind: 'pay', amount: 15_000 })
  })

  it('of a dossier names its day and number', async () => {
    const ward = await open()
    const draft = await draftOf(ward)
    const { code } = await draft.commit()
    const window = await plugIn(ward)
    await ward.show({ kind: 'pay', draftId: draft.draftId })
    expect((await window.until('pay')).purpose).toBe(`Le phi ho so ${code.split('-').slice(-2).join('')}`)
  })

  it('outside practice goes to the account of the settings, and nowhere where there is none', async () => {
    const ward = await open()
    const { draftId } = await draftOf(ward)
    const account = { bin: '970415', bank: 'VietinBank', number: '0011001932418', holder: 'UBND phường Tân Mỹ Hưng' }
    const { store, audit, intake, catalogue, settings } = ward.office()
    const withAccount = (given: typeof account | null) => createOffers({
      store, audit, intake, catalogue, clock: systemClock, practice: false, settings: () => ({ ...settings(), payment: { account: given } }), sheets: () => [],
      ratings: () => Promise.reject(new Error('not asked')), called: () => Promise.resolve(null),
    })
    const page = (await withAccount(account).pay({ kind: 'pay', draftId })).page(ShowingId.parse('a'.repeat(32)))
    expect(page).toMatchObject({ simulated: false, amount: 15_000, account: { bank: 'VietinBank', number: '0011001932418' } })
    expect(await codeOfCall(() => withAccount(null).pay({ kind: 'pay', draftId }))).toBe('MH-003')
  })

  it('of nothing is not asked for: MH-003', async () => {
    const ward = await open()
    const { draftId } = await draftOf(ward, { fee: { copies: 1, pages: 1, exemption: 'ho-ngheo', payment: 'unpaid', councilAmount: 15_000 } })
    await plugIn(ward)
    expect(await codeOfCall(() => ward.show({ kind: 'pay', draftId }))).toBe('MH-003')
  })
})

describe('A rating', () => {
  it('names the procedure and nobody, is kept once, and is asked for once', async () => {
    const ward = await open()
    const draft = await draftOf(ward)
    const window = await plugIn(ward)
    const dossier = await draft.commit()
    await ward.show({ kind: 'rating', dossierId: dossier.id })
    const page = await window.until('rating')
    expect(page.subject).toBe('Cấp Giấy xác nhận tình trạng hôn nhân')
    await window.client.answer({ kind: 'rated', id: page.id, stars: 5, reasons: ['attitude'], comment: '<b>tốt</b>' })
    expect([ward.rows('rating'), (await ward.state()).answer?.kind]).toEqual([1, 'rated'])
    expect(await codeOfCall(() => ward.show({ kind: 'rating', dossierId: dossier.id }))).toBe('MH-003')
  })

  it('may be refused', async () => {
    const ward = await open()
    const dossier = await (await draftOf(ward)).commit()
    const window = await plugIn(ward)
    await ward.show({ kind: 'rating', dossierId: dossier.id })
    await window.client.answer({ kind: 'leave', id: (await window.until('rating')).id })
    expect((await window.until('waiting')).kind).toBe('waiting')
    expect([ward.rows('rating'), (await ward.state()).answer?.kind]).toEqual([1, 'leave'])
  })

  it('of a dossier that is not there is not asked for', async () => {
    const ward = await open()
    await plugIn(ward)
    expect(await codeOfCall(() => ward.show({ kind: 'rating', dossierId: DossierId.parse('01939b6e-0000-7000-8000-00000000000e') }))).toMatch(/^HS-/)
  })
})

describe('Turned around on the only monitor', () => {
  it('the session is locked first, the page waits for the window, and the officer hears the answer afterwards', async () => {
    const opened: unknown[] = []
    const closed: unknown[] = []
    const base = headlessHost()
    const host: Host = { ...base, hall: { ...base.hall, open: async (opening) => { opened.push(opening); return base.hall.state() }, close: async (window) => { closed.push(window); return base.hall.state() } } }
    const ward = await open(host)
    const { draftId } = await draftOf(ward)
    await call(router.display.turn, { kind: 'check', draftId }, ward.context)
    expect([opened, ward.connection.session()?.locked]).toEqual([[{ window: 'display', place: 'turned', monitor: null }], true])
    const window = await plugIn(ward, true)
    const page = await window.until('check')
    expect(window.last().turned).toBe(true)
    await window.client.answer({ kind: 'right', id: page.id, signature: null })
    await window.client.giveBack()
    window.unplug()
    expect(closed).toEqual(['display'])
    await call(router.staff.unlock, { secret: 'thuc-hanh-duyen' }, ward.context)
    expect((await ward.state()).answer).toMatchObject({ kind: 'right', draftId })
  })

  it('nothing stays when the window cannot be opened: MH-001', async () => {
    const base = headlessHost()
    const ward = await open({ ...base, hall: { ...base.hall, open: async () => { throw new AppError('MH-001') } } })
    const { draftId } = await draftOf(ward)
    expect(await codeOfCall(() => call(router.display.turn, { kind: 'check', draftId }, ward.context))).toBe('MH-001')
    expect((await plugIn(ward, true)).last().page.kind).toBe('waiting')
  })
})

it('an answer with a signature that no pad gives is refused before anything is kept', async () => {
  const ward = await open()
  const { draftId } = await draftOf(ward)
  const window = await plugIn(ward)
  await ward.show({ kind: 'check', draftId })
  const page = await window.until('check')
  const off = { height: 100, strokes: [[{ x: 1, y: 101, t: 0 }]] }
  expect(Signature.safeParse(off).success).toBe(false)
  expect(await codeOfCall(() => window.client.answer({ kind: 'right', id: idIn(page), signature: off }))).toBe('BAD_REQUEST')
  expect([ward.rows('confirmation'), window.last().page.kind]).toEqual([0, 'check'])
})
