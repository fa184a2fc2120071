import type { SerialSettings } from '@contract/code-readers'
import type { ErrorCode } from '@contract/errors'
import { readerErrors } from '@contract/errors/readers'
import { retryAfter } from '../backoff'
import { decodeScan } from '../decode'
import type { Later, Scan } from '../source'
import type { SerialBinding, SerialLink, SerialPortInfo } from './binding'
import { openFault } from './faults'
import { createFramer } from './frames'

/** A reader that sends no end has ended when nothing came for this long, in milliseconds. */
export const SILENCE_MS = 50
/** Of it a second wait: where the process itself stood still, bytes that lie ready are read between the two. */
const SECOND_LOOK_MS = 15

export type PortState = Readonly<{ state: 'open' | 'trouble' | 'opening'; code: ErrorCode | null; port: SerialPortInfo | null }>
export type Port = Readonly<{
  now: () => PortState
  /** Tells which ports there are: an open one that is missing was pulled. A read that waits does not always hear of it. */
  listed: (paths: ReadonlySet<string>) => void
  close: () => Promise<void>
}>
export type PortDeps = Readonly<{
  id: string
  settings: SerialSettings
  binding: SerialBinding
  /** The port where it is plugged in now; null while it is not. */
  find: () => Promise<SerialPortInfo | null>
  scanned: (scan: Scan) => void
  changed: () => void
  later: Later
}>

/** Keeps one chosen port open: waits for it, opens it, cuts what it sends into codes, and begins again when it was pulled. */
export function keepPort({ id, settings, binding, find, scanned, changed, later }: PortDeps): Port {
  const framer = createFramer()
  let now: PortState = { state: 'opening', code: null, port: null }
  let link: SerialLink | null = null
  let failures = 0
  let closed = false
  let cancelRetry = (): void => undefined
  let cancelSilence = (): void => undefined
  let trying: Promise<void> = Promise.resolve()

  const become = (next: PortState): void => {
    const news = next.state !== now.state || next.code !== now.code || next.port?.path !== now.port?.path
    now = next
    if (news && !closed) changed()
  }
  const take = (bytes: Uint8Array): void => {
    const { text, symbology, damage } = decodeScan(bytes)
    if (text !== '' && !closed) scanned({ text, source: 'serial', device: id, symbology, damage })
  }
  const silence = (): void => {
    const rest = framer.silence()
    if (rest === 'tooLong') become({ ...now, code: readerErrors.codeTooLong })
    else if (rest) take(rest)
  }
  const data = (bytes: Uint8Array): void => {
    cancelSilence()
    const cut = framer.push(bytes)
    for (const frame of cut.frames) take(frame)
    // A port at the wrong speed, or a device that is no reader, floods: it is said until a code comes again.
    if (cut.frames.length > 0) become({ ...now, code: null })
    else if (cut.tooLong > 0) become({ ...now, code: readerErrors.codeTooLong })
    if (framer.open()) cancelSilence = later(SILENCE_MS - SECOND_LOOK_MS, () => {
      cancelSilence = later(SECOND_LOOK_MS, silence)
    })
  }
  const again = (): void => {
    if (closed) return
    cancelRetry = later(retryAfter(failures), () => {
      trying = attempt()
    })
    failures += 1
  }
  const gone = (): void => {
    cancelSilence()
    // What was cut off by the pulled cable is no code.
    framer.silence()
    link = null
    failures = 0
    become({ state: 'trouble', code: readerErrors.codeReaderGone, port: null })
    again()
  }
  const attempt = async (): Promise<void> => {
    let port: SerialPortInfo | null = null
    try {
      port = await find()
      if (closed) return
      if (!port) {
        become({ state: 'trouble', code: readerErrors.codeReaderGone, port: null })
        again()
        return
      }
      const opened = await binding.open(port.path, settings, { data, gone })
      if (closed as boolean) {
        await opened.close()
        return
      }
      link = opened
      failures = 0
      become({ state: 'open', code: null, port })
    } catch (error) {
      become({ state: 'trouble', code: openFault(error), port })
      again()
    }
  }
  trying = attempt()
  return {
    now: () => now,
    listed: (paths) => {
      if (now.state !== 'open' || now.port === null || paths.has(now.port.path)) return
      void link?.close()
      gone()
    },
    close: async () => {
      closed = true
      cancelRetry()
      cancelSilence()
      await trying
      await link?.close()
    },
  }
}
