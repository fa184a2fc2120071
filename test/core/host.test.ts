import { describe, expect, it } from 'vitest'
import { ERRORS } from '@contract/errors'
import type { CoreSettings } from '@contract/host'
import { headlessHost, parentPortOf, shellHost, type ParentPort, type ShellEvents } from '../../src-main/core/host'

const settings: CoreSettings = {
  dataFolder: '/data', resourcesFolder: '/resources', migrationsFolder: '/migrations', practice: true, appVersion: '1', electronVersion: '45', keyStore: 'keychain',
}

function setUp() {
  const sent: unknown[] = []
  const heard: unknown[] = []
  const logged: string[] = []
  let hear = (_data: unknown): void => undefined
  const port: ParentPort = { postMessage: (message) => void sent.push(message), on: (_event, listener) => (hear = (data) => listener({ data, ports: [] })) }
  const events: ShellEvents = { init: (given) => heard.push(given), attachWindow: () => heard.push('window'), lock: () => heard.push('lock'), shutdown: () => heard.push('shutdown') }
  const link = shellHost(port, events, (event) => logged.push(event))
  return { link, sent, heard, logged, hear: (data: unknown) => hear(data) }
}

describe('the shell’s host', () => {
  it('hands on what the shell says', () => {
    const { hear, heard } = setUp()
    for (const message of [{ kind: 'init', settings }, { kind: 'suspend' }, { kind: 'lock' }, { kind: 'shutdown' }]) hear(message)
    expect(heard).toEqual([settings, 'lock', 'lock', 'shutdown'])
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
