import { type AnyProcedure, call } from '@orpc/server'
import { describe, expect, test } from 'vitest'
import { helperContract } from '@contract/hall-contracts'
import type { DraftId } from '@contract/ids'
import { createHelperRouter } from '../../src-main/core/assist-doors'
import type { HallContext } from '../../src-main/core/hall-serving'
import { systemClock } from '../../src-main/storage'
import { codeOfCall, live, machine, practice, router, secretOf, type Machine } from './support'

const HELPER = { loginName: 'tocongnghe', secret: secretOf('tocongnghe') }
const helperRouter = createHelperRouter()
/** What works without anybody signed in: the door itself. */
const OPEN = ['gate', 'signIn', 'signOut', 'touch', 'news']
const draftId = '01939b6e-0000-7000-8000-000000000009' as DraftId

function port(made: Machine): { context: { context: HallContext }; close(): void } {
  const port = new AbortController()
  return { context: { context: { counter: made.counter, host: made.host, clock: systemClock, live, log: made.log, turned: false, gone: port.signal } }, close: () => port.abort() }
}

async function ward() {
  const made = machine()
  await made.counter.start()
  return { ...made, ...port(made) }
}

async function signedIn() {
  const made = await ward()
  await call(helperRouter.signIn, HELPER, made.context)
  return made
}

const attempt = (name: string, context: { context: HallContext }): Promise<string | undefined> =>
  codeOfCall(() => call((helperRouter as unknown as Record<string, AnyProcedure>)[name] as typeof helperRouter.gate, undefined, context))

describe('The helper’s window', () => {
  const guarded = Object.keys(helperContract).filter((name) => !OPEN.includes(name))

  test('refuses everything but the door while nobody is signed in', async () => {
    const { context } = await ward()
    const codes = await Promise.all(guarded.map((name) => (name === 'changeSecret' ? codeOfCall(() => callChange(context)) : attempt(name, context))))
    expect(codes).toEqual(guarded.map(() => 'TK-003'))
  })

  test('refuses everything but the door while the data are closed', async () => {
    const made = machine({ practice: false })
    await made.counter.start()
    const { context } = port(made)
    expect(await codeOfCall(() => call(helperRouter.signIn, HELPER, context))).toBe('TK-003')
    expect(await Promise.all(guarded.filter((name) => name !== 'changeSecret').map((name) => attempt(name, context)))).toEqual(guarded.slice(1).map(() => 'TK-003'))
    expect(await call(helperRouter.gate, undefined, context)).toMatchObject({ open: false, ward: null, session: null, demo: [] })
  })

  test('serves its own contract and nothing of the officers’', () => {
    expect(Object.keys(helperRouter).sort()).toEqual(Object.keys(helperContract).sort())
  })

  test('shows the helpers of practice mode, and the sign-in of the counter does not', async () => {
    const made = await ward()
    const gate = await call(router.staff.gate, undefined, { context: { connection: made.connect(), log: made.log } })
    expect((await call(helperRouter.gate, undefined, made.context)).demo.map(({ loginName }) => loginName)).toEqual(['tocongnghe'])
    expect([...gate.accounts, ...gate.demo].filter(({ role }) => role === 'helper')).toEqual([])
  })

  test('does not take an officer, and the counter does not take a helper', async () => {
    const made = await ward()
    const atCounter = () => call(router.staff.signIn, HELPER, { context: { connection: made.connect(), log: made.log } })
    expect(await codeOfCall(() => call(helperRouter.signIn, { loginName: 'duyen', secret: secretOf('duyen') }, made.context))).toBe('TK-019')
    expect(await codeOfCall(atCounter)).toBe('TK-018')
  })

  test('knows a session by its own port alone', async () => {
    const made = await signedIn()
    expect(await attempt('drafts', port(made).context)).toBe('TK-003')
  })

  test('ends the session when its port closes, and with the data', async () => {
    const made = await signedIn()
    made.close()
    expect(await attempt('drafts', made.context)).toBe('TK-003')
    await call(helperRouter.signIn, HELPER, port(made).context)
    const next = port(made)
    await call(helperRouter.signIn, HELPER, next.context)
    await made.counter.close()
    expect([await attempt('drafts', next.context), (await call(helperRouter.gate, undefined, next.context)).session]).toEqual(['TK-003', null])
  })

  test('finds procedures by a citizen’s words and by name', async () => {
    const { context } = await signedIn()
    const { hits } = await call(helperRouter.ask, { words: 'lam giay khai sinh cho con' }, context)
    const found = await call(helperRouter.search, { query: 'khai sinh' }, context)
    expect([hits[0]?.name, found.length > 0]).toEqual([expect.stringContaining('khai sinh'), true])
  })

  test('reads the QR text of a card', async () => {
    const { context } = await signedIn()
    const text = '079192004617|024567890|Bùi Nhật Khang|21041992|Nam|12 đường Bàu Tràm, phường Tân Mỹ Hưng, Thành phố Hồ Chí Minh|15052021'
    expect((await call(helperRouter.readCard, { text }, context)).person).toMatchObject({ fullName: 'Bùi Nhật Khang', idNumber: '079192004617', sources: { fullName: 'qr' } })
  })

  test('needs the citizen’s consent to start', async () => {
    const { context } = await signedIn()
    expect(await codeOfCall(() => call(helperRouter.start, { consent: false } as never, context))).toBe('BAD_REQUEST')
  })

  test('tells what changed without saying what', async () => {
    const made = await ward()
    const news = await call(helperRouter.news, undefined, made.context)
    const begun = [(await news.next()).value, (await news.next()).value]
    const next = news.next()
    await new Promise(setImmediate)
    live.emit({ kind: 'dossier', id: 'x' })
    live.emit({ kind: 'assisted' })
    expect([begun, (await next).value, (await news.next()).value]).toEqual([['gate', 'drafts'], 'gate', 'drafts'])
    made.close()
    expect((await news.next()).done).toBe(true)
  })

  test('fills a draft that the officer then accepts', async () => {
    const made = await practice('duyen')
    const { context } = port(made)
    await call(helperRouter.signIn, HELPER, context)
    const draft = await call(helperRouter.start, { consent: true }, context)
    const content = { ...draft.content, applicant: { ...draft.content.applicant, fullName: 'Bùi Nhật Khang' } }
    await call(helperRouter.save, { draftId: draft.id, revision: draft.revision, content }, context)
    const { number } = await call(helperRouter.handOver, { draftId: draft.id, note: '' }, context)
    const [waiting] = await call(router.assisted.waiting, undefined, made.context)
    expect(waiting).toMatchObject({ id: draft.id, number, applicantName: 'Bùi Nhật Khang' })
    expect((await call(router.assisted.accept, { draftId: draft.id }, made.context)).content.applicant.sources).toEqual({})
    expect(await codeOfCall(() => call(helperRouter.open, { draftId: draft.id }, context))).toBe('TCN-002')
  })

  test('does not open what is not the helper’s', async () => {
    const { context } = await signedIn()
    expect(await codeOfCall(() => call(helperRouter.open, { draftId }, context))).toBe('TCN-001')
  })
})

const callChange = (context: { context: HallContext }): Promise<unknown> =>
  call(helperRouter.changeSecret, { current: HELPER.secret, next: 'một câu khác dễ nhớ' }, context)
