import { AppError } from '@contract/errors'
import { readerErrors } from '@contract/errors/readers'
import type { CardPresence } from '@contract/readers'
import { isPlayedByProgram, slotKindOf } from '../slots'
import type { OpenSource, ReaderSlot } from '../transport'
import { type Binding, loadBinding, STATE } from './binding'
import { hold, letGo } from './connect'
import { longestData } from './features'
import { TIMING, type Timing } from './timing'
import { pcscTransport } from './transport'
import { type Seen, watch } from './watch'

export type PcscOptions = Readonly<{
  /** File of the native part; undefined where it could not be had. */
  binding: string | undefined
  timing?: Partial<Timing>
  /** For tests. */
  load?: () => ReturnType<typeof loadBinding>
  platform?: NodeJS.Platform
}>

/**
 * Readers behind the PC/SC service of the machine (pcsc-lite, Windows, macOS). Opening never fails: a missing native part (TB-003) or
 * service (TB-002) shows as trouble, and a service that comes later, or comes back, is found by itself.
 */
export function openPcsc({ binding: file, timing: changedTiming, load = () => loadBinding(file), platform = process.platform }: PcscOptions): OpenSource {
  return async (changed) => {
    const timing = { ...TIMING, ...changedTiming }
    const ended = new AbortController()
    const ours = new Set<string>()
    const open = new Set<() => Promise<void>>()
    let loaded: Binding | null = null
    const watching = watch({
      timing, platform, changed,
      load: () => {
        const found = loaded ?? load()
        if (!('code' in found)) loaded = found
        return found
      },
    })

    const connect = async (reader: string) => {
      if (!loaded || watching.trouble()) throw new AppError(watching.trouble()?.code ?? readerErrors.serviceMissing, watching.trouble()?.params)
      if (ours.has(reader)) throw new AppError(readerErrors.readerBusy)
      ours.add(reader)
      try {
        const held = await hold({ binding: loaded, reader, timing, signal: ended.signal })
        const longest = await longestData(held.card, platform)
        const contactless = slotKindOf(reader, held.card.atr) === 'contactless'
        const transport = pcscTransport({ held, reader, contactless, longestData: longest, timing, signal: ended.signal, closed: () => {
          ours.delete(reader)
          open.delete(transport.close)
        } })
        if (ended.signal.aborted) {
          letGo(held)
          throw new AppError(readerErrors.readerGone)
        }
        open.add(transport.close)
        return transport
      } catch (error) {
        ours.delete(reader)
        throw error
      }
    }

    return {
      kind: 'pcsc',
      slots: () => watching.seen().map((seen) => slotOf(seen, ours.has(seen.name))),
      trouble: () => watching.trouble(),
      connect,
      close: async () => {
        ended.abort()
        await Promise.all([...open].map((close) => close()))
        await watching.close()
      },
    }
  }
}

function slotOf({ name, state, atr }: Seen, ours: boolean): ReaderSlot {
  return { name, kind: 'pcsc', slot: slotKindOf(name, atr), card: presenceOf(state, ours), atr, simulated: isPlayedByProgram(name) }
}

/** A card that we hold ourselves is not busy to us. */
export function presenceOf(state: number, ours: boolean): CardPresence {
  if ((state & STATE.present) === 0) return 'absent'
  if ((state & STATE.mute) !== 0) return 'mute'
  return (state & STATE.exclusive) !== 0 && !ours ? 'busy' : 'present'
}
