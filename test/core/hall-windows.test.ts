import { call } from '@orpc/server'
import { expect, test } from 'vitest'
import type { HallOpening, HallState } from '@contract/hall'
import { headlessHost, type Host } from '../../src-main/core/host'
import { codeOfCall, practice, router } from './support'

const nothing: HallState = { monitors: [], open: [], display: 'auto', atStart: [] }
const turned: HallOpening = { window: 'display', place: 'turned', monitor: null }

test('A display is turned around only after the session was locked', async () => {
  let lockedAtOpening: boolean | undefined
  const host: Host = { ...headlessHost(), hall: { ...headlessHost().hall, open: async () => {
    lockedAtOpening = machine.connection.session()?.locked
    return nothing
  } } }
  const machine = await practice('duyen', { host })
  await call(router.hall.open, turned, machine.context)
  expect([lockedAtOpening, await codeOfCall(() => call(router.hall.state, undefined, machine.context))]).toEqual([true, 'TK-004'])
})

test('Any other window leaves the session open', async () => {
  const host: Host = { ...headlessHost(), hall: { ...headlessHost().hall, open: async () => nothing } }
  const { context, connection } = await practice('duyen', { host })
  await call(router.hall.open, { window: 'board', place: 'monitor', monitor: null }, context)
  expect(connection.session()?.locked).toBe(false)
})

test('Without windows there is no monitor for any', async () => {
  const { context } = await practice('duyen')
  expect([await call(router.hall.state, undefined, context), await codeOfCall(() => call(router.hall.open, { ...turned, place: 'monitor' }, context))]).toEqual([{ ...nothing, display: 'off' }, 'MH-001'])
})
