import { randomBytes } from 'node:crypto'
import { expect, it, vi } from 'vitest'
import { ShowingId } from '@contract/display'
import { AppError, ERRORS } from '@contract/errors'
import { createDisplay } from '../../../src-main/hall'
import { createTokenDesk, type TokenInfo } from '../../../src-main/signing'
import { actor, newDesk } from '../../intake/support'

const OLD = '135790'
const NEXT = '804216'
const info: TokenInfo = {
  id: 'software-1', driver: 'software', slot: '0', label: 'Token thử', serial: '4471', maker: 'thử', model: 'thử', pin: 'ok', triesLeft: 3, pinLength: { least: 6, most: 6 }, readOnly: false,
  schemes: ['rsa-pss'], keys: ['rsa-2048'], simulated: true,
}

/** A counter where the citizen of a token with one PIN was asked to change it. */
async function asked() {
  const desk = newDesk()
  const changes: string[] = []
  const logged: string[] = []
  const refuse = (): never => { throw new Error('not asked for here') }
  const display = createDisplay({ clock: desk.deps.clock, newId: () => ShowingId.parse(randomBytes(16).toString('hex')), after: () => () => undefined, changed: () => undefined })
  const port = {}
  const place = display.attach(port, false)
  const tokens = {
    list: async () => ({ tokens: [info], troubles: [] }), certificates: async () => [], drivers: () => [],
    changePin: async ({ pin, next }: Readonly<{ pin: string; next: string }>) => {
      if (pin !== OLD) throw new AppError(ERRORS.signing.pinWrong)
      changes.push(next)
    },
    sign: refuse, generate: refuse, publicKey: refuse, store: refuse, discard: refuse, onChange: () => () => undefined, close: async () => undefined,
  }
  const tokenDesk = createTokenDesk({
    store: desk.store, audit: desk.audit, log: (what, detail) => void logged.push(JSON.stringify([what, detail])), tokens, judge: { validate: refuse, certificate: refuse }, display: async () => display,
    changed: () => undefined, simulated: null,
  }, { card: refuse })
  await tokenDesk.changePinOnDisplay(actor, info.id)
  const page = () => place.page()
  const type = (pin: string) => display.answer(port, { kind: 'pin', id: page()?.id as ShowingId, pin })
  return { desk, display, changes, logged, page, type }
}

it('the citizen types the PIN of now and the next one twice, and it is told without any PIN', async () => {
  const { desk, changes, logged, page, type } = await asked()
  await type(OLD)
  await vi.waitFor(() => expect(page()).toMatchObject({ kind: 'pin', purpose: 'set', round: 1 }))
  await type(NEXT)
  await type(NEXT)
  expect([changes, logged, desk.actions().includes('token.pin-changed')]).toEqual([[NEXT], [], true])
})

it('a PIN of before that was wrong ends the change, by its code only', async () => {
  const { desk, changes, logged, page, type } = await asked()
  await type('246802')
  await vi.waitFor(() => expect(page()).toMatchObject({ purpose: 'set' }))
  await type(NEXT)
  await type(NEXT)
  expect([changes, page(), logged, desk.actions().includes('token.pin-changed')]).toEqual([[], null, [JSON.stringify(['tokens.pin-not-changed', { code: 'KS-023' }])], false])
})

it('nothing more is asked when the page of the PIN of now was cleared', async () => {
  const { display, page, changes } = await asked()
  display.clear()
  await new Promise((resolve) => { setImmediate(resolve) })
  expect([page(), changes]).toEqual([null, []])
})
