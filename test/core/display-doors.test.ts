import { MessageChannel } from 'node:worker_threads'
import { RPCLink } from '@orpc/client/message-port'
import { call } from '@orpc/server'
import fc from 'fast-check'
import { describe, expect, it, onTestFinished } from 'vitest'
import { contract } from '@contract'
import type { LiveEvent } from '@contract/calls-live'
import { createHallPorts } from '../../src-main/core/hall-ports'
import { systemClock } from '../../src-main/storage'
import { draftOf, DREW, idIn, plugIn } from './display-support'
import { codeOfCall, live, machine, practice, router } from './support'

/** A window that calls whatever it likes. */
async function nosy({ counter, host, log }: Awaited<ReturnType<typeof practice>>): Promise<(path: readonly string[], input: unknown) => Promise<unknown>> {
  const { port1, port2 } = new MessageChannel()
  await createHallPorts().serve('display', port1, { counter, host, clock: systemClock, live, log, turned: false })
  const link = new RPCLink({ port: port2 })
  port2.start()
  onTestFinished(() => port2.close())
  return (path, input) => link.call([...path], input, { context: {} })
}

describe('The port of the display', () => {
  it('serves none of the officer\'s calls', async () => {
    const ask = await nosy(await practice('duyen'))
    const paths = Object.entries(contract).flatMap(([area, calls]) => Object.keys(calls).map((name) => [area, name]))
    expect(paths.length).toBeGreaterThan(90)
    const codes = await Promise.all(paths.map((path) => codeOfCall(() => ask(path, {}))))
    expect([...new Set(codes)]).toEqual(['NOT_FOUND'])
  })

  it('takes no answer of another form', async () => {
    const ask = await nosy(await practice('duyen'))
    await fc.assert(fc.asyncProperty(fc.jsonValue(), async (input) => {
      expect(await codeOfCall(() => ask(['answer'], input))).toBe('BAD_REQUEST')
    }), { numRuns: 60 })
  })

  it('shows an empty waiting page while the data are closed, and refuses answers', async () => {
    const closed = machine({ practice: false })
    const window = await plugIn(closed)
    expect(window.last()).toMatchObject({ ward: '', counter: '', page: { kind: 'waiting', hours: null } })
    expect(await codeOfCall(() => window.client.answer({ kind: 'leave', id: 'a'.repeat(32) }))).toBe('TK-003')
  })

  it('is at home as soon as the data are open', async () => {
    const made = machine()
    const window = await plugIn(made)
    expect(window.last().ward).toBe('')
    await made.counter.start()
    await expect.poll(() => window.last()).toMatchObject({ ward: 'Ủy ban nhân dân phường Tân Mỹ Hưng', counter: 'Quầy 3', practice: true, page: { hours: '7:30–11:30, 13:00–17:00' } })
  })
})

describe('What stands on the display', () => {
  it.each(['lock', 'sign-out', 'clear', 'another officer'] as const)('goes at once with %s', async (end) => {
    const ward = await practice('duyen')
    const { draftId } = await draftOf(ward)
    const window = await plugIn(ward)
    await call(router.display.show, { kind: 'check', draftId }, ward.context)
    const page = await window.until('check')
    if (end === 'lock') await call(router.staff.lock, undefined, ward.context)
    else if (end === 'sign-out') await call(router.staff.signOut, undefined, ward.context)
    else if (end === 'clear') await call(router.display.clear, undefined, ward.context)
    else await call(router.staff.signIn, { loginName: 'kien', secret: 'thuc-hanh-kien' }, ward.context)
    await window.until('waiting')
    expect(await codeOfCall(() => window.client.answer({ kind: 'right', id: page.id, signature: DREW }))).toBe('MH-004')
  })

  it('is on the newest window only, and goes when that is unplugged', async () => {
    const ward = await practice('duyen')
    const { draftId } = await draftOf(ward)
    const first = await plugIn(ward)
    const second = await plugIn(ward)
    await call(router.display.show, { kind: 'check', draftId }, ward.context)
    await second.until('check')
    expect(first.last().page.kind).toBe('waiting')
    second.unplug()
    await expect.poll(() => call(router.display.state, undefined, ward.context)).toMatchObject({ attached: true, shown: { kind: 'waiting' }, answer: { kind: 'display-gone' } })
    expect(first.frames.some(({ page }) => page.kind === 'check')).toBe(false)
  })

  it('is gone for the officer, too, when the last window is', async () => {
    const ward = await practice('duyen')
    const window = await plugIn(ward)
    expect((await call(router.display.state, undefined, ward.context)).attached).toBe(true)
    window.unplug()
    await expect.poll(async () => (await call(router.display.state, undefined, ward.context)).attached).toBe(false)
  })

  it('is the number called here, and who is next, while nothing is pushed', async () => {
    const ward = await practice('duyen')
    const window = await plugIn(ward)
    expect(window.last().called).toBeNull()
    const take = () => call(router.queue.take, { letter: 'B', group: 'ordinary' }, ward.context)
    const [first, second] = [await take(), await take()]
    await call(router.queue.next, undefined, ward.context)
    await expect.poll(() => window.last()).toMatchObject({ called: first.label, page: { kind: 'waiting', called: first.label, next: [second.label] } })
  })

  it('is closed by nobody but a turned window', async () => {
    const ward = await practice('duyen')
    const window = await plugIn(ward)
    await window.client.giveBack()
    expect(window.last().turned).toBe(false)
  })
})

it('the digits of a PIN are in no log, no event, no page, no state of the officer, no file', async () => {
  const ward = await practice('duyen')
  const events: LiveEvent[] = []
  const abort = new AbortController()
  onTestFinished(() => abort.abort())
  void (async () => { for await (const event of live.listen(abort.signal)) events.push(event) })()
  const window = await plugIn(ward)
  const states: unknown[] = []
  const look = async (): Promise<void> => void states.push(await call(router.display.state, undefined, ward.context))
  await call(router.display.show, { kind: 'pin-trial' }, ward.context)
  for (const pin of ['739481', '739482', '905317', '905317']) {
    const id = idIn((await window.until('pin')))
    await window.client.answer({ kind: 'typing', id })
    await look()
    await window.client.answer({ kind: 'pin', id, pin })
    await look()
    await expect.poll(() => idIn(window.last().page)).not.toBe(id)
  }
  expect((await window.until('done')).words).toBe('pin-set')
  expect(states.at(-1)).toMatchObject({ answer: { kind: 'pin-set' } })
  const store = ward.office().store
  const audit = JSON.stringify(ward.office().audit.list(store.read, { limit: 500 }))
  const all = JSON.stringify([events, states, window.frames, ward.logged, audit])
  // Hexadecimal ids and hashes may hold any six digits: they are left out.
  const words = all.replace(/[0-9a-f]{32,}|[0-9a-f]{8}-[0-9a-f-]{27}/gu, '')
  expect(['739481', '739482', '905317'].filter((pin) => words.includes(pin))).toEqual([])
}, 20_000)
