import { makerOf } from '@contract/code-makers'
import type { CodeReadersView, CodeReaderTrouble, CodeReaderView, SerialChoice } from '@contract/code-readers'
import { readerErrors } from '@contract/errors/readers'
import { later as realLater, type BarcodeSource, type Later, type SourceEvents } from '../source'
import { type SerialBinding, type SerialPortInfo, systemSerial } from './binding'
import { keepPort, type Port } from './port'
import { findPort, isOffered, portId, portName } from './port-id'

/** How often the list of ports is read, in milliseconds: on Linux each time starts a program of the system. */
const LIST_EVERY_MS = 6000

export type SerialSource = BarcodeSource & Readonly<{ choose: (choices: readonly SerialChoice[]) => Promise<void> }>
export type SerialOptions = Readonly<{ choices: readonly SerialChoice[]; load?: () => Promise<SerialBinding>; later?: Later }>

/** Readers on serial ports (USB-COM and real ones). Only chosen ports are opened; the others are offered. */
export async function openSerial({ choices, load = systemSerial, later = realLater }: SerialOptions, { changed, scanned }: SourceEvents): Promise<SerialSource> {
  let binding: SerialBinding
  try {
    binding = await load()
  } catch {
    const troubles: CodeReaderTrouble[] = [{ source: 'serial', id: null, code: readerErrors.nativeMissing, params: { part: 'COM' } }]
    return { view: () => ({ readers: [], troubles }), choose: async () => undefined, close: async () => undefined }
  }
  let listed: readonly SerialPortInfo[] = []
  let told = ''
  let closed = false
  let cancel = (): void => undefined
  const kept = new Map<string, Port>()

  const list = async (): Promise<readonly SerialPortInfo[]> => {
    listed = await binding.list().catch(() => listed)
    return listed
  }
  const view = (): CodeReadersView => {
    const states = [...kept].map(([id, port]) => ({ id, ...port.now() }))
    const taken = new Set(states.flatMap(({ port, id }) => [port?.path, id]))
    const chosen = states.map(({ id, state, port }): CodeReaderView => ({
      id, source: 'serial', name: port ? portName(port) : id.slice(id.lastIndexOf(':') + 1), maker: makerOf(port?.vendorId ?? null)?.name ?? null, state: state === 'open' ? 'open' : 'trouble',
    }))
    const offered = listed.filter((port) => isOffered(port) && !taken.has(port.path) && !taken.has(portId(port))).map((port): CodeReaderView => ({
      id: portId(port), source: 'serial', name: portName(port), maker: makerOf(port.vendorId)?.name ?? null, state: 'offered',
    }))
    const troubles = states.flatMap(({ id, code, port }): CodeReaderTrouble[] => (code === null ? [] : [{ source: 'serial', id, code, params: { device: port?.path ?? id.slice(id.lastIndexOf(':') + 1) } }]))
    return { readers: [...chosen, ...offered], troubles }
  }
  const news = (): void => {
    const now = JSON.stringify(view())
    if (closed || now === told) return
    told = now
    changed()
  }
  const keep = ({ port: id, settings }: SerialChoice): Port => keepPort({ id, settings, binding, find: async () => findPort(await list(), id), scanned, changed: news, later })
  const choose = async (wanted: readonly SerialChoice[]): Promise<void> => {
    const old = [...kept.values()]
    kept.clear()
    // A port is let go before it is opened with other settings.
    await Promise.all(old.map((port) => port.close()))
    for (const choice of wanted) kept.set(choice.port, keep(choice))
    news()
  }
  const watch = async (): Promise<void> => {
    const paths = new Set((await list()).map(({ path }) => path))
    if (!closed) for (const port of kept.values()) port.listed(paths)
    news()
    if (!closed) cancel = later(LIST_EVERY_MS, () => void watch())
  }
  await choose(choices)
  void watch()
  return {
    view, choose,
    close: async () => {
      closed = true
      cancel()
      await Promise.all([...kept.values()].map((port) => port.close()))
    },
  }
}
