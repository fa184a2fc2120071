import { call } from '@orpc/server'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type IssuanceAct, type IssuanceId, type IssuanceView, SigningFileId, TokenId } from '@contract/signing'
import { type Host, headlessHost } from '../../src-main/core/host'
import { type City, startCity } from '../city'
import { phone } from '../city/remote'
import { idIn, plugIn } from './display-support'
import { codeOfCall, practice, router, secretOf } from './support'

// A code of enrolment is good for one counter.
let city: City
beforeEach(async () => { city = await startCity({ doors: true }) })
afterEach(() => city.close())

const subject = { fullName: 'Đặng Thị Ngọc Ánh', idNumber: '079192004617', birthDate: '1992-03-14', sex: 'female' as const, province: 'Thành phố Hồ Chí Minh' }
const NEW = TokenId.parse('simulated/0000000000004471')
const PIN = '739152'

async function ward(wish: Readonly<{ host?: Host }> = {}) {
  const made = await practice('duyen', { ...wish, cityUrl: city.url, cityEnrolment: city.enrolmentCode })
  const { context } = made
  await expect.poll(async () => (await call(router.issuance.providers, undefined, context)).map(({ id, line }) => [id, line]), { timeout: 20_000 }).toEqual([['ca-nam-binh', 'up'], ['ca-nam-binh-tu-xa', 'up']])
  const act = (id: IssuanceId, one: IssuanceAct): Promise<IssuanceView> => call(router.issuance.act, { id, act: one }, context)
  const get = (id: IssuanceId): Promise<IssuanceView> => call(router.issuance.get, { id }, context)
  const start = (provider = 'ca-nam-binh'): Promise<IssuanceView> => call(router.issuance.start, { draftId: null, dossierId: null, subject, provider, renewalOf: null }, context)
  return { ...made, act, get, start }
}

describe('issuing a signature over the contract', () => {
  it('from consent to the hand-over: the city\'s CA, a simulated token, the display of the citizen, a PDF that is judged', async () => {
    const office = await ward()
    const { act, get, context } = office
    const screen = await plugIn(office)
    const { id } = await office.start()
    await act(id, { step: 'consent', how: 'display' })
    const consent = await screen.until('consent')
    expect(consent.paragraphs.map(({ vi }) => vi).join(' ')).toContain('CA Nam Bình (trình diễn)')
    await screen.client.answer({ kind: 'agree', id: idIn(consent), signature: null })
    expect(await codeOfCall(() => act(id, { step: 'identity', how: 'card', check: null, second: { loginName: 'duyen', secret: secretOf('duyen') } }))).toBe('KS-053')
    await act(id, { step: 'identity', how: 'card', check: null, second: { loginName: 'kien', secret: secretOf('kien') } })
    await act(id, { step: 'person', how: 'face' })
    await act(id, { step: 'phone', how: 'rang', phone: '0903517284' })
    await act(id, { step: 'content', how: 'display' })
    await screen.client.answer({ kind: 'right', id: idIn(await screen.until('certificate')), signature: null })

    await act(id, { step: 'pin', token: NEW })
    const type = async (pin: string): Promise<void> => {
      const page = await screen.until('pin')
      await screen.client.answer({ kind: 'pin', id: page.id, pin })
    }
    await type('12345678')
    await expect.poll(() => screen.last().page).toMatchObject({ kind: 'pin', purpose: 'set', round: 1 })
    await type(PIN)
    await expect.poll(() => screen.last().page).toMatchObject({ kind: 'pin', purpose: 'set', round: 2 })
    await type(PIN)
    await expect.poll(() => get(id), { timeout: 20_000 }).toMatchObject({ step: 'trial', trouble: null })
    const { items } = (await (await fetch(`${city.url}/doors/ca/certificates`)).json()) as { items: { confirmed: boolean | null }[] }
    expect(items).toHaveLength(1)

    await act(id, { step: 'trial' })
    await type(PIN)
    await expect.poll(() => get(id), { timeout: 20_000 }).toMatchObject({ step: 'handover', trouble: null })
    const { agreement } = await get(id)
    const file = SigningFileId.parse(agreement)
    const report = await call(router.signing.report, { target: { kind: 'file', id: file }, online: true }, context)
    expect(report.signatures).toMatchObject([{ verdict: 'TOTAL-PASSED', level: 'B-T', signer: { subject: 'Đặng Thị Ngọc Ánh', demo: true } }])

    expect(await act(id, { step: 'handover', how: 'paper' })).toMatchObject({ state: 'done', step: null })
    expect(await call(router.issuance.count, undefined, context)).toMatchObject({ done: 1, open: 0, queued: 0, month: 1, year: 1 })
    await expect.poll(async () => ((await (await fetch(`${city.url}/doors/ca/certificates`)).json()) as { items: { confirmed: boolean | null }[] }).items.map(({ confirmed }) => confirmed), { timeout: 10_000 }).toEqual([true])
    const view = await call(router.tokens.view, undefined, context)
    expect(view.tokens.find(({ id: token }) => token === NEW)?.certificates).toMatchObject([{ hasKey: true, sheet: { subject: 'Đặng Thị Ngọc Ánh' } }])
    expect(JSON.stringify(office.logged)).not.toMatch(/739152|12345678|Ngọc Ánh|079192004617/u)
  }, 90_000)

  it('papers are printed by their own data: slip and leaflet at any time, the hand-over record only with a certificate; the list of a day is the supervisor\'s', async () => {
    const printed: string[] = []
    const host: Host = { ...headlessHost(), printPdf: async ({ paper, bytes }) => {
      printed.push(`${paper} ${Buffer.from(bytes.subarray(0, 5)).toString('latin1')}`)
      return 'printed'
    } }
    const office = await ward({ host })
    const { id } = await office.start()
    for (const paper of ['slip', 'leaflet', 'agreement'] as const) expect(await call(router.issuance.print, { id, paper }, office.context)).toEqual({ printed: 'printed' })
    expect(await codeOfCall(() => call(router.issuance.print, { id, paper: 'handover' }, office.context))).toBe('KS-051')
    expect(printed).toEqual(['A5 %PDF-', 'A5 %PDF-', 'A4 %PDF-'])
    expect(await codeOfCall(() => call(router.issuance.dailyList, { day: '2026-11-22', to: 'printer' }, office.context))).toBe('TK-005')
    const supervisor = office.connect()
    const context = { context: { connection: supervisor, log: office.log } }
    await call(router.staff.signIn, { loginName: 'huy', secret: secretOf('huy') }, context)
    expect(await call(router.issuance.dailyList, { day: '2026-11-22', to: 'printer' }, context)).toEqual({ outcome: 'printed' })
  }, 60_000)

  it('remote signing: account, activation and trial confirmed on the phone, and the account signs documents afterwards', async () => {
    const office = await ward()
    const { act, get } = office
    const { id } = await office.start('ca-nam-binh-tu-xa')
    await act(id, { step: 'consent', how: 'paper' })
    await act(id, { step: 'identity', how: 'card', check: null, second: { loginName: 'kien', secret: secretOf('kien') } })
    await act(id, { step: 'person', how: 'known' })
    await act(id, { step: 'phone', how: 'rang', phone: '0903517284' })
    await act(id, { step: 'content', how: 'paper' })
    expect(await act(id, { step: 'pin', token: null })).toMatchObject({ step: 'key', state: 'waiting', waits: 'phone', trouble: null })
    await phone(city.url).activate(id)
    await act(id, { step: 'key', key: 'rsa-2048' })
    await expect.poll(() => get(id), { timeout: 20_000 }).toMatchObject({ step: 'trial', trouble: null })
    await act(id, { step: 'trial' })
    expect(await get(id)).toMatchObject({ state: 'waiting', waits: 'phone' })
    await phone(city.url).confirm()
    await expect.poll(() => get(id), { timeout: 30_000, interval: 500 }).toMatchObject({ step: 'handover', trouble: null })
    expect(await (await office.office().issuing()).remotes.find(id)).toMatchObject({ scheme: 'rsa-pkcs1' })
  }, 90_000)
})
