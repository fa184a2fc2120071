import { type ScanCaps, type ScanDevice, type ScanOptions } from '@contract/capture'
import { AppError } from '@contract/errors'
import { captureErrors } from '@contract/errors/capture'
import { runChild } from '../child'
import { type ScanDriver } from '../types'
import { sourceCaps, sourceWays, type SaneOptions, type SourceWay } from './capabilities'
import { LIST_ARGS, optionsArgs, scanOrder } from './command'
import { namedDevices, type SaneDevice } from './devices'
import { parseOptions } from './options'
import { runScan } from './run'
import { codeOf, hear, SILENT } from './status'

export type SaneOptionsIn = Readonly<{
  /** Default `scanimage`, found on the PATH. */
  program?: string
  /** Added to the environment of this process, e.g. `SANE_CONFIG_DIR`. */
  env?: NodeJS.ProcessEnv
  /** Milliseconds from the polite stop to the hard one. */
  grace?: number
}>
type Known = Readonly<{ options: SaneOptions; way: SourceWay }>

const MOST_LINES = 200

/** Scanners through SANE's `scanimage` as a child process, so that a driver that hangs or crashes harms nothing here. QT-014 without the program. */
export function createSaneDriver({ program = 'scanimage', env = {}, grace = 3000 }: SaneOptionsIn = {}): ScanDriver {
  const seen = new Map<string, SaneDevice>()
  const known = new Map<string, readonly Known[]>()
  const run = { program, env: { LC_ALL: 'C', LANGUAGE: 'C', ...env }, grace }

  /** A run whose output is lines. @throws AppError */
  const ask = async (args: readonly string[], signal: AbortSignal): Promise<string[]> => {
    const lines: string[] = []
    let said = SILENT
    const end = await runChild({ ...run, args, signal, onLine: (line) => lines.length < 5000 && lines.push(line), onNote: (note) => { said = hear(said, note) } })
    if (signal.aborted) throw new AppError(captureErrors.cancelled)
    const code = codeOf(end, said)
    if (code) throw new AppError(code, code === captureErrors.programMissing ? { program: 'scanimage' } : {})
    return lines
  }

  const refresh = async (signal: AbortSignal) => {
    const found = namedDevices((await ask(LIST_ARGS, signal)).slice(0, MOST_LINES))
    for (const device of found) seen.set(device.device.id, device)
    return found
  }

  /** The name that scanimage knows now. A device of an earlier day is looked for once. */
  const find = async (device: ScanDevice, signal: AbortSignal): Promise<SaneDevice> => {
    if (!seen.has(device.id)) await refresh(signal)
    const found = seen.get(device.id)
    if (!found) throw new AppError(captureErrors.noDevice)
    return found
  }

  const learn = async (device: ScanDevice, signal: AbortSignal): Promise<readonly Known[]> => {
    const stored = known.get(device.id)
    if (stored) return stored
    const { name, type } = await find(device, signal)
    const plain = parseOptions((await ask(optionsArgs(name, null), signal)).join('\n'))
    const ways = sourceWays(plain, type)
    const learnt: Known[] = []
    for (const way of ways) {
      const changes = way.name !== null && plain.get('source')?.current !== way.name
      learnt.push({ way, options: changes || way.rest.length > 0 ? await optionsWith(name, way, plain, signal) : plain })
    }
    known.set(device.id, learnt)
    return learnt
  }

  /** Options change with the source. A driver that does not like to be asked is taken as it showed itself first. */
  const optionsWith = async (name: string, way: SourceWay, plain: SaneOptions, signal: AbortSignal): Promise<SaneOptions> => {
    const lines = await ask(optionsArgs(name, way), signal).catch((error: unknown) => {
      if (signal.aborted) throw error
      return []
    })
    const options = parseOptions(lines.join('\n'))
    return options.size > 0 ? options : plain
  }

  async function* scanOnce(device: ScanDevice, wish: ScanOptions, folder: string, signal: AbortSignal) {
    const learnt = await learn(device, signal)
    const { name } = await find(device, signal)
    const way = learnt.find((one) => one.way.source === wish.source)
    if (!way) throw new AppError(captureErrors.badSetting)
    yield* runScan({ ...run, order: scanOrder(name, way.way, way.options, wish), wish, folder, signal })
  }

  return {
    kind: 'sane',
    list: async function* (signal) {
      for (const { device } of await refresh(signal)) yield device
    },
    capabilities: async (device, signal): Promise<ScanCaps> => ({ sources: (await learn(device, signal)).map(({ way, options }) => sourceCaps(way.source, options)) }),
    scan: async function* (device, wish, folder, signal) {
      let begun = false
      try {
        for await (const event of scanOnce(device, wish, folder, signal)) {
          begun = true
          yield event
        }
      } catch (error) {
        // The plug may have been pulled and put back: the device has another number now.
        if (begun || !(error instanceof AppError) || error.code !== captureErrors.noDevice || signal.aborted) throw error
        forget(seen, known, device)
        yield* scanOnce(device, wish, folder, signal)
      }
    },
    likeness: (device) => seen.get(device.id)?.likeness ?? null,
  }
}

function forget(seen: Map<string, unknown>, known: Map<string, unknown>, device: ScanDevice): void {
  seen.delete(device.id)
  known.delete(device.id)
}
