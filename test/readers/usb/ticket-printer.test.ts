import { describe, expect, it } from 'vitest'
import { createUsbTickets } from '../../../src-main/readers/ticket-printer'
import { type UsbBus, type UsbConnection, type UsbDeviceInfo, UsbFault } from '../../../src-main/readers/usb'
import { usbTickets } from '../../../src-main/printing'
import { codeOfCall } from '../../core/support'

const info = (changed: Partial<UsbDeviceInfo> = {}): UsbDeviceInfo => ({ key: 'a', vendorId: 0x0483, productId: 0x5743, product: 'XP-80C', serial: 'S1', path: '1-2', classes: [7], ...changed })
type Play = Readonly<{ devices?: readonly UsbDeviceInfo[]; readsBack?: boolean; answers?: Readonly<Record<number, number>>; fail?: (written: number) => UsbFault | null; refuse?: UsbFault }>

/** A bus at the edge of the package: a printer that keeps what it gets and answers DLE EOT. */
function bus({ devices = [info()], readsBack = true, answers = {}, fail = () => null, refuse }: Play = {}) {
  const got: number[] = []
  const calls: string[] = []
  const opened: string[] = []
  let asked: number | null = null
  const made: UsbBus = {
    list: async () => devices,
    onAttach: () => () => undefined,
    onDetach: () => () => undefined,
    open: async (key) => {
      if (refuse) throw refuse
      opened.push(key)
      const endpoint = (number: number, direction: 'in' | 'out') => ({ number, direction, type: 'bulk' as const, packetSize: 64 })
      const endpoints = readsBack ? [endpoint(1, 'out'), endpoint(2, 'in')] : [endpoint(1, 'out')]
      const connection: UsbConnection = {
        interfaces: () => [{ number: 0, interfaceClass: 7, name: null, endpoints }],
        claim: async () => void calls.push('claim'),
        release: async () => void calls.push('release'),
        controlIn: () => Promise.reject(new UsbFault('other')),
        controlOut: () => Promise.reject(new UsbFault('other')),
        transferIn: async () => {
          const answer = asked === null ? undefined : answers[asked]
          if (answer === undefined) throw new UsbFault('timeout')
          return Uint8Array.of(answer)
        },
        transferOut: async (_endpoint, data) => {
          const fault = fail(got.length)
          if (fault) throw fault
          asked = data[0] === 0x10 ? (data[2] ?? null) : null
          got.push(...data)
        },
        clearHalt: async () => undefined,
        close: async () => void calls.push('close'),
      }
      return connection
    },
  }
  return { printer: usbTickets(createUsbTickets({ bus: made })), got, calls, opened }
}
const soon = (): AbortSignal => new AbortController().signal
const bytes = Uint8Array.from({ length: 10_000 }, (_, index) => index % 251)

describe('A ticket printer on the USB', () => {
  it('gets every byte in order, and is let go afterwards', async () => {
    const { printer, got, calls } = bus()
    await printer.send(bytes, null, soon())
    expect([Uint8Array.from(got), calls]).toEqual([bytes, ['claim', 'release', 'close']])
  })

  it('is found by its class among others, and chosen by its name', async () => {
    const { printer, opened } = bus({ devices: [info({ key: 'mouse', classes: [3] }), info({ key: 'first' }), info({ key: 'second', product: 'Other', serial: 'S2' })] })
    expect(await printer.list()).toEqual(['XP-80C [S1]', 'Other [S2]'])
    await printer.send(bytes, 'Other [S2]', soon())
    await printer.send(bytes, 'One that is not plugged in', soon())
    expect(opened).toEqual(['second', 'first'])
  })

  it.each([
    ['nothing is plugged in', { devices: [] }, 'IN-007'],
    ['it was pulled out in the middle', { fail: (written: number) => (written > 4000 ? new UsbFault('gone') : null) }, 'IN-007'],
    ['the system does not let it be opened', { refuse: new UsbFault('permission') }, 'IN-008'],
    ['another program holds it', { refuse: new UsbFault('busy') }, 'IN-008'],
    ['it takes no more', { fail: (written: number) => (written > 4000 ? new UsbFault('timeout') : null) }, 'IN-003'],
  ] satisfies [string, Play, string][])('says when %s', async (_case, play, code) => {
    const { printer } = bus(play)
    expect(await codeOfCall(() => printer.send(bytes, null, soon()))).toBe(code)
  })

  it('is given nothing more after its time is over, and is let go', async () => {
    const { printer, got, calls } = bus()
    expect([await codeOfCall(() => printer.send(bytes, null, AbortSignal.abort())), got, calls]).toEqual(['IN-003', [], ['claim', 'release', 'close']])
  })

  it.each([
    [{ 1: 0x12, 2: 0x12, 3: 0x12, 4: 0x12 }, null],
    [{ 1: 0x1a, 2: 0x32, 3: 0x12, 4: 0x72 }, 'paper-out'],
    [{ 2: 0x16 }, 'cover-open'],
    [{}, null],
  ])('that answers %o says %o', async (answers, status) => {
    expect(await bus({ answers }).printer.status(null)).toBe(status)
  })

  it('that does not read back is not asked', async () => {
    const { printer, got } = bus({ readsBack: false })
    expect([await printer.status(null), got]).toEqual([null, []])
  })

  it('prints one ticket after the other', async () => {
    const { printer, got } = bus()
    await Promise.all([printer.send(Uint8Array.of(1, 1, 1), null, soon()), printer.send(Uint8Array.of(2, 2, 2), null, soon())])
    expect(got).toEqual([1, 1, 1, 2, 2, 2])
  })
})
