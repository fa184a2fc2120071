import { describe, expect, it } from 'vitest'
import type { ReadersView, ReaderView } from '@contract/readers'
import { cardOn, deviceState } from '../../../src-renderer/chip/readers'

const reader = (part: Partial<ReaderView> = {}): ReaderView => ({ name: 'R', kind: 'pcsc', slot: 'contactless', card: 'absent', atr: null, simulated: false, chosen: true, ...part })
const view = (readers: readonly ReaderView[], troubles: ReadersView['troubles'] = []): ReadersView => ({ readers: [...readers], troubles, virtualCards: [] })
const SERVICE: ReadersView['troubles'] = [{ kind: 'pcsc', code: 'TB-002', params: {} }]

describe('the reader in one look', () => {
  it.each<readonly [string, ReadersView | undefined, boolean, unknown]>([
    ['not asked yet', undefined, false, { kind: 'unknown' }],
    ['no reader and no trouble', view([]), false, { kind: 'none' }],
    ['no reader, and the service does not run', view([], SERVICE), false, { kind: 'fault', code: 'TB-002' }],
    ['a reader over another way, although the service does not run', view([reader({ kind: 'usb' })], SERVICE), false, { kind: 'ready' }],
    ['a card lies there', view([reader({ card: 'present' })]), false, { kind: 'card' }],
    ['another program holds the card', view([reader({ card: 'busy' })]), false, { kind: 'fault', code: 'TB-006' }],
    ['we hold the card ourselves', view([reader({ card: 'busy' })]), true, { kind: 'reading' }],
    ['a card that does not answer', view([reader({ card: 'mute' })]), false, { kind: 'fault', code: 'TB-010' }],
    ['a simulated reader with a card', view([reader({ card: 'present', simulated: true })]), false, { kind: 'simulated' }],
    ['a slot that is not chosen counts for nothing', view([reader({ chosen: false, card: 'mute' }), reader({ name: 'S' })]), false, { kind: 'ready' }],
  ])('%s', (_name, seen, reading, state) => {
    expect(deviceState(seen, reading)).toEqual(state)
  })

  it('tells the card of the chosen reader', () => {
    expect([cardOn(undefined), cardOn(view([reader({ chosen: false, card: 'present' })])), cardOn(view([reader({ card: 'present' })]))]).toEqual(['none', 'none', 'present'])
  })
})
