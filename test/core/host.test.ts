import { describe, expect, it } from 'vitest'
import { ERRORS } from '@contract/errors'
import type { CoreSettings } from '@contract/host'
import { headlessHost, parentPortOf, shellHost, type ParentPort, type ShellEvents } from '../../src-main/core/host'
import type { WindowPort } from '../../src-main/core/port'

const settings: CoreSettings = {
  dataFolder: '/data', resourcesFolder: '/resources', migrationsFolder: '/migrations', practice: true, appVersion: '1', electronVersion: '45', keyStore: 'keychain',
}

function setUp() {
  const sent: unknown[] = []
  const heard: unknown[] = []
  const logged: string[] = []
  let hear = (_data: unknown): void => undefined
  let ports: WindowPort[] = []
  const port: ParentPort = { postMessage: (message) => void sent.push(message), on: (_event, listener) => (hear = (data) => listener({ data, ports })) }
  const events: ShellEvents = { init: (given) => heard.push(given), attachWindow: (_port, { window, turned }) => heard.push([window, turned]), hallChanged: () => heard.push('hall'), lock: () => heard.push('lock'), shutdown: () => heard.push('shutdown') }
  const link = shellHost(port, events, (event) => logged.push(event))
  const hearWithPort = (data: unknown): void => {
    ports = [new MessageChannel().port1]
    hear(data)
  }
  return { link, sent, heard, logged, hear: (data: unknown) => hear(data), hearWithPort }
}

describe('the shell’s host', () => {
  it('hands on what the shell says', () => {
    const { hear, heard } = setUp()
    for (const message of [{ kind: 'init', settings }, { kind: 'suspend' }, { kind: 'lock' }, { kind: 'hall-changed' }, { kind: 'shutdown' }]) hear(message)
    expect(heard).toEqual([settings, 'lock', 'lock', 'hall', 'shutdown'])
  })

  it('knows its key store once it is told', () => {
    const { link, hear } = setUp()
    const before = link.host.name
    hear({ kind: 'init', settings })
    expect([before, link.host.name]).toEqual(['none', 'keychain'])
  })

  it('gives each ask the answer with its number, in whatever order', async () => {
    const { link, hear, sent } = setUp()
    const asks = [link.host.wrapKey(new Uint8Array([1])), link.host.unwrapKey(new Uint8Array([2]))]
    hear({ kind: 'answer', id: 2, value: null })
    hear({ kind: 'answer', id: 1, value: new Uint8Array([9]) })
    expect([await Promise.all(asks), sent.length]).toEqual([[new Uint8Array([9]), null], 2])
  })

  it('turns a refusal into the error with its code', async () => {
    const { link, hear } = setUp()
    const print = link.host.printPdf({ bytes: new Uint8Array(), printer: 'Q', silent: true, paper: 'A5' })
    hear({ kind: 'refusal', id: 1, code: ERRORS.paper.printerMissing, params: { printer: 'Q' } })
    await expect(print).rejects.toMatchObject({ code: ERRORS.paper.printerMissing, params: { printer: 'Q' } })
  })

  it('does not take an answer of another form', async () => {
    const { link, hear } = setUp()
    const printers = link.host.listPrinters()
    hear({ kind: 'answer', id: 1, value: [{ name: 1 }] })
    await expect(printers).rejects.toMatchObject({ code: ERRORS.storage.unexpected })
  })

  it.each([null, 1, {}, { kind: 'init', settings: {} }, { kind: 'refusal', id: 1, code: 'NO-1', params: {} }, { kind: 'eval', text: '1' }])('drops and names %o', (message) => {
    const { hear, heard, logged } = setUp()
    hear(message)
    expect([heard, logged]).toEqual([[], ['host-message-refused']])
  })

  it('says whose port it is, and whether that window was turned around', () => {
    const { hearWithPort, heard } = setUp()
    for (const message of [{ kind: 'attach-window', window: 'counter' }, { kind: 'attach-window', window: 'display', turned: true }]) hearWithPort(message)
    expect(heard).toEqual([['counter', false], ['display', true]])
  })

  it('drops the port of a window it does not know', () => {
    const { hearWithPort, heard, logged } = setUp()
    hearWithPort({ kind: 'attach-window', window: 'lobby' })
    expect([heard, logged]).toEqual([[], ['host-message-refused']])
  })

  it('asks for windows of the hall and gives the state afterwards', async () => {
    const { link, hear, sent } = setUp()
    const state = { monitors: [], open: [], display: 'auto', atStart: [] }
    const asked = [link.host.hall.state(), link.host.hall.open({ window: 'board', place: 'monitor', monitor: null }), link.host.hall.close('board'), link.host.hall.plan({ display: 'off', atStart: ['board'] })]
    for (const id of [1, 2, 3, 4]) hear({ kind: 'answer', id, value: state })
    expect([await Promise.all(asked), sent.map((each) => (each as { ask: { kind: string } }).ask.kind)]).toEqual([[state, state, state, state], ['hall-state', 'hall-open', 'hall-close', 'hall-plan']])
  })

  it('drops a window that comes without a port', () => {
    const { hear, heard, logged } = setUp()
    hear({ kind: 'attach-window', window: 'counter' })
    expect([heard, logged]).toEqual([[], ['host-window-without-port']])
  })
})

describe('a host without a window', () => {
  it('wraps no keys and has no printers', async () => {
    const host = headlessHost()
    expect([host.name, await host.wrapKey(new Uint8Array()), await host.unwrapKey(new Uint8Array()), await host.listPrinters()]).toEqual(['none', null, null, []])
  })

  it('has no monitors and opens no window on any', async () => {
    const { hall } = headlessHost()
    const nothing = { monitors: [], open: [], display: 'off', atStart: [] }
    expect([await hall.state(), await hall.close('display'), await hall.plan({ display: 'auto', atStart: [] })]).toEqual([nothing, nothing, nothing])
    await expect(hall.open({ window: 'display', place: 'window', monitor: null })).rejects.toMatchObject({ code: ERRORS.hall.noFreeMonitor })
  })

  it('says that it cannot print', async () => {
    await expect(headlessHost().printPdf({ bytes: new Uint8Array(), printer: null, silent: true, paper: 'A5' })).rejects.toMatchObject({ code: ERRORS.paper.noPrintingHere })
  })
})

it.each([
  [{}, false],
  [{ parentPort: null }, false],
  [{ parentPort: { postMessage: () => undefined, on: () => undefined } }, true],
])('finds the parent port of %o: %s', (candidate, found) => {
  expect(parentPortOf(candidate) !== null).toBe(found)
})
