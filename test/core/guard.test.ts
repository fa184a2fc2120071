import { call, type AnyProcedure } from '@orpc/server'
import { describe, expect, test } from 'vitest'
import { contract } from '@contract'
import type { Access } from '@contract/call'
import { may, RIGHTS, type Right, type Role } from '@contract/staff'
import type { Connection } from '../../src-main/core/connection'
import type { Log } from '../../src-main/core/log'
import { codeOfCall, demo, practice, router } from './support'

type Described = Readonly<{ '~orpc': Readonly<{ meta: Readonly<{ access: Access; about: string }> }> }>
const areas: Readonly<Record<string, Readonly<Record<string, Described>>>> = contract
const calls = Object.entries(areas).flatMap(([area, list]) => Object.entries(list).map(([name, procedure]) => ({ area, name, dotted: `${area}.${name}`, ...procedure['~orpc'].meta })))
const guarded = calls.filter(({ access }) => access !== 'anyone')
const isRight = (access: Access): access is Exclude<Right, 'assist'> => access in RIGHTS

const attempt = (area: string, name: string, context: { context: { connection: Connection; log: Log } }) =>
  codeOfCall(() => call((router as unknown as Record<string, Record<string, AnyProcedure>>)[area]?.[name] as typeof router.office.today, undefined, context))

describe('Every call of the contract', () => {
  test('has an access and a word on what it is for', () => {
    expect(calls.filter(({ access, about }) => !['anyone', 'signed-in', 'receive', 'supervise', 'administer'].includes(access) || about === '')).toEqual([])
  })

  test('that anybody may make is one of those that have to be', () => {
    expect(calls.filter(({ access }) => access === 'anyone').map(({ dotted }) => dotted).sort()).toEqual([
      'live.events', 'office.about', 'staff.gate', 'staff.lock', 'staff.recover', 'staff.session', 'staff.setUp', 'staff.signIn', 'staff.signOut', 'staff.touch', 'staff.unlock', 'sync.status',
    ])
  })

  test('but those is refused without a session, before its input is looked at', async () => {
    const { connection, log } = await practice('duyen')
    connection.leave()
    const codes = await Promise.all(guarded.map(async ({ area, name, dotted }) => [dotted, await attempt(area, name, { context: { connection, log } })]))
    expect(codes.filter(([, code]) => code !== 'TK-003')).toEqual([])
  })

  test('but those is refused while the screen is locked', async () => {
    const { connection, log, context } = await practice('duyen')
    await call(router.staff.lock, undefined, context)
    const codes = await Promise.all(guarded.map(async ({ area, name, dotted }) => [dotted, await attempt(area, name, { context: { connection, log } })]))
    expect(codes.filter(([, code]) => code !== 'TK-004')).toEqual([])
  })

  test.each([['duyen', 'officer'], ['huy', 'supervisor'], ['quantri', 'administrator']] as const)('is refused to %s exactly where the table says so of an %s', async (loginName, role: Role) => {
    const { connection, log } = await practice(loginName)
    const refused: string[] = []
    for (const { area, name, dotted } of guarded) if ((await attempt(area, name, { context: { connection, log } })) === 'TK-005') refused.push(dotted)
    expect(refused).toEqual(guarded.filter(({ access }) => isRight(access) && !may(role, access)).map(({ dotted }) => dotted))
  })

  test('refused for want of a right is told in the audit chain', async () => {
    const { context, office } = await practice('duyen')
    await codeOfCall(() => call(router.office.backUp, undefined, context))
    expect(office().audit.list(office().store.read, { limit: 1 })[0]?.action).toBe('staff.right-refused')
  })
})

describe('A failure that nobody foresaw', () => {
  const NAME = 'Bùi Nhật Khang 079192004617'
  const broken = (connection: Connection, today: () => unknown): Connection => {
    const office = connection.office()
    return { ...connection, office: () => ({ ...office, intake: { ...office.intake, today } }) as typeof office }
  }

  test.each([
    ['an error with a name in it', () => { throw new Error(NAME) }],
    ['an error of several lines that look like places', () => { throw new Error(`${NAME}\n    at ${NAME} (${NAME}.ts:1:1)`) }],
    ['an error of a parser that quotes its text', () => JSON.parse(`{"name": ${NAME}`) as unknown],
    ['something that is no error', () => { throw NAME as unknown }],
    ['an answer that its schema refuses', () => ({ receivedToday: NAME })],
  ])('%s becomes LOI-000 with a reference, and its words are in no log', async (_what, today) => {
    const { connection, log, logged } = await practice('duyen')
    const error: unknown = await call(router.office.today, undefined, { path: ['office', 'today'], context: { connection: broken(connection, today), log } }).catch((caught: unknown) => caught)
    const told = logged.filter(({ event }) => event === 'core.unexpected')
    expect(error).toMatchObject({ code: 'LOI-000', data: { params: { reference: told[0]?.fields['reference'] } } })
    expect([told.length, told[0]?.fields['call'], /Khang|0791/.test(JSON.stringify([logged, error]))]).toEqual([1, 'office.today', false])
  })

  test('is logged with the places it came from, without folders', async () => {
    const { connection, log, logged } = await practice('duyen')
    const today = () => { throw new Error(NAME) }
    await codeOfCall(() => call(router.office.today, undefined, { path: ['office', 'today'], context: { connection: broken(connection, today), log } }))
    expect(logged.find(({ event }) => event === 'core.unexpected')?.fields['where']).toMatch(/^guard\.test\.ts:\d+:\d+ < [\w.-]+:\d+:\d+/)
  })

  test('is no input that the schema refuses: that is the caller’s', async () => {
    const { context } = await practice('duyen')
    expect(await codeOfCall(() => call(router.intake.open, { draftId: 'x' }, context))).toBe('BAD_REQUEST')
  })
})

test('Polling by a screen does not hold off the idle lock, a touch does', async () => {
  let now = Date.now()
  const { context } = await practice('duyen', { clock: { now: () => new Date(now) } })
  const locked = async (touch: boolean): Promise<boolean | undefined> => {
    for (let minute = 0; minute < 11; minute++) {
      now += 60_000
      await codeOfCall(() => call(router.office.today, undefined, context))
      if (touch) await call(router.staff.touch, undefined, context)
    }
    return (await call(router.staff.session, undefined, context))?.locked
  }
  expect([await locked(true), await locked(false), demo.accounts.length]).toEqual([false, true, 4])
})
