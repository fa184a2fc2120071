import { ATR, type TestCard, testCard } from '../devices/ccid/cards'
import { t0Side } from '../devices/ccid/t0-card'
import { serveCard } from './vscard-bridge.mjs'

export { runUsbVm } from './machine.mjs'

/** A card as the emulated reader feeds it: TPDUs of T=0, whatever the card itself would take. */
function withT0(card: TestCard): TestCard {
  return { atr: card.atr, transmit: t0Side(card) }
}

export const card = withT0(testCard(ATR.both))

type Bridge = Readonly<{ insert: (next?: TestCard) => void; remove: () => void; close: () => void }>
type Context = Readonly<{ qmp: (command: string, args: object) => Promise<unknown>; bridge: Bridge; socketPath: (name: string) => string; atEnd: (act: () => void) => void }>

/** What the program in the guest may ask of the world outside. */
export function handlers({ qmp, bridge, socketPath, atEnd }: Context) {
  let plugged = 0
  const socket = (path: string): object => ({ type: 'socket', data: { addr: { type: 'unix', data: { path } }, server: false } })
  return {
    removeCard: () => bridge.remove(),
    insertCard: () => bridge.insert(withT0(testCard(ATR.both))),
    removeCardIn: (ms: number) => void setTimeout(() => bridge.remove(), ms),
    pullReader: (id: string) => qmp('device_del', { id }),
    plugReader: async () => {
      const name = `late${String(++plugged)}`
      const late = (await serveCard({ path: socketPath(name), card: withT0(testCard(ATR.both)) })) as Bridge
      atEnd(() => late.close())
      await qmp('chardev-add', { id: name, backend: socket(socketPath(name)) })
      await qmp('device_add', { driver: 'usb-ccid', id: name, bus: 'xhci.0', port: '1' })
      await qmp('device_add', { driver: 'ccid-card-passthru', id: `card-${name}`, chardev: name, bus: `${name}.0` })
      return name
    },
  }
}
