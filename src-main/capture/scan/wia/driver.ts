import { type ScanCaps, type ScanDevice, type ScanImage, type ScanOptions } from '@contract/capture'
import { AppError, type ErrorCode } from '@contract/errors'
import { captureErrors } from '@contract/errors/capture'
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createChannel } from '../channel'
import { runChild, type ChildEnd } from '../child'
import { tidy } from '../names'
import { wholePage } from '../page'
import { areaOf, MM_PER_INCH, nearestDpi, trueDpi, type Size } from '../paper'
import { type ScanDriver } from '../types'
import { codeOfHresult } from './hresult'
import { parseWiaLine, type WiaLine } from './lines'

export type WiaOptions = Readonly<{
  /** The path of resources/scan/wia.ps1. */
  script: string
  /** Program and the arguments before the script; for tests. */
  command?: readonly [string, ...string[]]
}>
type WiaCaps = Extract<WiaLine, { event: 'capabilities' }>

const MM_PER_MIL = MM_PER_INCH / 1000
const HANDLING = { feeder: 1, flatbed: 2, duplex: 4 }
const A4: Size = { width: 210, height: 297 }

/** The one that comes with Windows, by its full path: a program of that name elsewhere is not run. */
const POWERSHELL: readonly [string, ...string[]] = [
  `${process.env.SystemRoot ?? 'C:\\Windows'}\\System32\\WindowsPowerShell\\v1.0\\powershell.exe`,
  '-NoLogo', '-NoProfile', '-NonInteractive', '-Sta', '-ExecutionPolicy', 'RemoteSigned', '-File',
]

/**
 * Scanners of Windows through WIA's automation layer, in a PowerShell process of its own; it prints a JSON line an event.
 * **Not tried on Windows yet**: tested on recorded lines alone. The layer tells no progress, and some drivers give the front side only in duplex.
 */
export function createWiaDriver({ script, command = POWERSHELL }: WiaOptions): ScanDriver {
  const [program, ...before] = command
  const run = (request: Readonly<Record<string, string | number>>, signal: AbortSignal, onLine: (line: WiaLine) => void) =>
    runChild({
      program, args: [...before, script], env: { MOTCUA_SCAN: JSON.stringify(request) }, signal, grace: 500,
      onLine: (text) => {
        const line = parseWiaLine(text)
        if (line) onLine(line)
      },
    })

  /** Lines of a short run. @throws AppError */
  const ask = async (request: Readonly<Record<string, string>>, signal: AbortSignal): Promise<WiaLine[]> => {
    const lines: WiaLine[] = []
    const end = await run(request, signal, (line) => lines.length < 1000 && lines.push(line))
    const code = failure(end, lines.find((line) => line.event === 'error'), signal)
    if (code) throw wiaError(code)
    return lines
  }
  const capsOf = async (device: ScanDevice, signal: AbortSignal): Promise<ScanCaps> => {
    const caps = (await ask({ action: 'capabilities', device: wiaId(device) }, signal)).find((line) => line.event === 'capabilities')
    if (!caps) throw new AppError(captureErrors.io)
    return toScanCaps(caps)
  }

  return {
    kind: 'wia',
    list: async function* (signal) {
      for (const line of await ask({ action: 'list' }, signal)) {
        if (line.event === 'device') yield { id: `wia:${line.id}`, kind: 'wia', name: tidy(line.name) || 'WIA', simulated: false }
      }
    },
    capabilities: capsOf,
    scan: async function* (device, wish, folder, signal) {
      const caps = (await capsOf(device, signal)).sources.find((one) => one.source === wish.source)
      if (!caps) throw new AppError(captureErrors.badSetting)
      const dpi = nearestDpi(wish.dpi, caps.dpis)
      const area = areaOf(wish.paper, caps)
      const heard = createChannel<WiaLine>()
      const stop = new AbortController()
      const request = { action: 'scan', device: wiaId(device), source: wish.source, colour: wish.colour, dpi, width: area.width, height: area.height, most: wish.most ?? 0, folder }
      const running = run(request, AbortSignal.any([signal, stop.signal]), heard.push)
      void running.then(heard.end)
      const taken = new Set<string>()
      let error: WiaLine | undefined
      let ended = false
      try {
        for await (const line of heard.values()) {
          // Told before the feeder is known to be empty: only the first is passed on, the others with their page.
          if (line.event === 'page-started' && line.number === 1) yield { kind: 'page-started', number: 1 }
          else if (line.event === 'error') error = line
          else if (line.event === 'end') ended = true
          else if (line.event === 'page') {
            if (line.number > 1) yield { kind: 'page-started', number: line.number }
            const image = await imageOf(line, folder, wish, { dpi, area })
            taken.add(line.file)
            yield { kind: 'page', image }
          }
        }
        const code = failure(await running, error, signal) ?? (ended ? null : captureErrors.io)
        if (code && !(code === captureErrors.feederEmpty && taken.size > 0)) throw wiaError(code)
        if (taken.size === 0) throw new AppError(wish.source === 'flatbed' ? captureErrors.badImage : captureErrors.feederEmpty)
        yield { kind: 'ended', pages: taken.size, reason: wish.source !== 'flatbed' && taken.size !== wish.most ? 'feeder-empty' : 'done' }
      } finally {
        stop.abort()
        await running
        await sweep(folder, taken)
      }
    },
  }
}

const wiaId = ({ id }: ScanDevice) => id.replace(/^wia:/, '')
const wiaError = (code: ErrorCode) => new AppError(code, code === captureErrors.programMissing ? { program: 'WIA' } : {})

function failure(end: ChildEnd, error: WiaLine | undefined, signal: AbortSignal): ErrorCode | null {
  if (signal.aborted) return captureErrors.cancelled
  if (end.missing) return captureErrors.programMissing
  if (error?.event === 'error') return codeOfHresult(error.hresult)
  return end.code === 0 ? null : captureErrors.io
}

async function imageOf(line: Extract<WiaLine, { event: 'page' }>, folder: string, wish: ScanOptions, asked: Readonly<{ dpi: number; area: Size }>): Promise<ScanImage> {
  const file = join(folder, line.file)
  const { mediaType, width, height } = await wholePage(file)
  const told = line.dpi >= 50 && line.dpi <= 4800 ? line.dpi : asked.dpi
  // 96 is what a file says that does not know.
  const dpi = told === 96 ? trueDpi(asked.dpi, asked.area, { width: width ?? 0, height: height ?? 0 }) : told
  return { number: line.number, file, mediaType, dpi, side: wish.source === 'feeder-duplex' ? (line.number % 2 === 1 ? 'front' : 'back') : null }
}

function toScanCaps({ handling, dpis, ...sizes }: WiaCaps): ScanCaps {
  const usable = [...new Set(dpis.map(Math.round))].filter((dpi) => dpi >= 50 && dpi <= 4800)
  const size = (width: number, height: number): Size => (width > 0 && height > 0 ? { width: Math.round(width * MM_PER_MIL), height: Math.round(height * MM_PER_MIL) } : A4)
  const source = (name: ScanOptions['source'], area: Size): ScanCaps['sources'][number] => ({ source: name, colours: ['colour', 'grey', 'black'], dpis: usable.length > 0 ? usable : [300], ...area })
  const bed = size(sizes.bedWidth, sizes.bedHeight)
  const sheet = size(sizes.sheetWidth, sizes.sheetHeight)
  const fed = (handling & HANDLING.feeder) !== 0
  return {
    sources: [
      // A device that says nothing of its handling has a glass.
      ...((handling & HANDLING.flatbed) !== 0 || !fed ? [source('flatbed', bed)] : []),
      ...(fed ? [source('feeder', sheet)] : []),
      ...(fed && (handling & HANDLING.duplex) !== 0 ? [source('feeder-duplex', sheet)] : []),
    ],
  }
}

async function sweep(folder: string, taken: ReadonlySet<string>): Promise<void> {
  const names = await readdir(folder).catch(() => [])
  await Promise.all(names.filter((name) => /^p\d{5,6}\.(?:jpg|png)(?:\.part)?$/.test(name) && !taken.has(name)).map((name) => rm(join(folder, name), { force: true })))
}
