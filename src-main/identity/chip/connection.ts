import type { AccessView } from '@contract/chip'
import { AppError } from '@contract/errors'
import { chipErrors } from '@contract/errors/chip'
import { readerErrors } from '@contract/errors/readers'
import type { CardTransport } from '../../readers'
import { type AccessOptions, openChip, type Opened } from './access'
import type { Exchange } from './apdu'
import { selectApplication } from './application'
import { readsExtended, readSmaller } from './block-size'
import { type Link, stopIfAborted } from './link'
import type { Way } from './read-file'
import { clearStatus } from './secure-messaging'
import { sameBytes } from './same-bytes'
import type { CamEvidence, Cipher, SessionKeys } from './types'

/** One session of secure messaging. A new one is another object: what was selected in the old one is not in it. */
export type Channel = { way: Way; opened: Opened; folder: 'MF' | 'application' }

/**
 * How an act over the channel ended. `lifted`: the card was put back and is to be opened again. `lost`: the chip ended the
 * session with this status (null: the reader could not carry the command). `other-card`: what lies there now is another.
 */
export type Attempt<T> =
  | Readonly<{ kind: 'done'; value: T }>
  | Readonly<{ kind: 'lifted' }>
  | Readonly<{ kind: 'other-card' }>
  | Readonly<{ kind: 'lost'; sw: number | null; error: AppError }>

/** A chip that is opened when it is needed, and again whenever its session was lost. */
export type Connection = Readonly<{
  attempt<T>(act: (channel: Channel) => Promise<T>): Promise<Attempt<T>>
  /** Selects the application in a channel that is still in the master file. */
  enterApplication(channel: Channel): Promise<void>
  /** Goes on with new keys, as after chip authentication. */
  rekey(channel: Channel, keys: SessionKeys): Channel
  /** Asks for less at once from now on: false when no less can be asked for. */
  readSmaller(): boolean
  /** True while answers longer than 256 bytes are asked for. */
  readsExtended(): boolean
  /** Forgets the channel: the next act opens the chip anew. */
  drop(): void
  /** How the card was opened; of several sessions a downgraded one is told. */
  access(opened: Opened): AccessView
  /** What the last session's PACE left to be checked. */
  cam(): CamEvidence | null
  /** How often a card was put back: a proof is of the card that lay there then. */
  putBack(): number
}>

export type ConnectionOptions = AccessOptions & Readonly<{
  signal: AbortSignal | undefined
  reinsert: (() => Promise<CardTransport>) | undefined
  onAccess: () => void
  onLifted: () => void
  onResumed: (waitedMs: number) => void
  /** Compares a card that was put back with what was read before; false for another card. */
  sameCard: (channel: Channel) => Promise<boolean>
  now: () => number
}>

export function createConnection(link: Link, options: ConnectionOptions): Connection {
  let channel: Channel | null = null
  let first: Opened | null = null
  let downgraded: AccessView | null = null
  let putBack = 0
  let putBackUnchecked = false
  let cipher: Cipher | null = null

  const channelOver = (exchange: Exchange, keys: SessionKeys, opened: Opened, folder: Channel['folder']): Channel => ({
    way: { exchange, cipher: keys.cipher, transport: link.transport(), manner: options.manner }, opened, folder,
  })

  const enterApplication = async (into: Channel): Promise<void> => {
    if (into.folder === 'application') return
    await selectApplication(into.way.exchange)
    into.folder = 'application'
  }

  /** Opens the chip where it is not open; false when another card lies there. */
  const ready = async (): Promise<Channel | null> => {
    if (channel === null) {
      options.onAccess()
      const opened = await openChip(link, options)
      cipher = opened.keys.cipher
      channel = channelOver(link.secured(opened.keys), opened.keys, opened, opened.folder)
      if (first !== null && !sameFile(first.cardAccess, opened.cardAccess)) return null
      first = opened
      if (opened.access.downgraded) downgraded = opened.access
    }
    if (putBackUnchecked && !(await options.sameCard(channel))) return null
    putBackUnchecked = false
    return channel
  }

  const waitForCard = async (error: AppError): Promise<void> => {
    if (options.reinsert === undefined) throw error
    const started = options.now()
    options.onLifted()
    link.replace(await untilAborted(options.reinsert(), options.signal))
    options.ring.tried = 0
    putBackUnchecked = true
    putBack += 1
    options.onResumed(options.now() - started)
  }

  const attempt = async <T>(act: (channel: Channel) => Promise<T>): Promise<Attempt<T>> => {
    try {
      const open = await ready()
      if (open !== null) return { kind: 'done', value: await act(open) }
      putBackUnchecked = false
      first = channel?.opened ?? null
      downgraded = first?.access.downgraded === true ? first.access : null
      return { kind: 'other-card' }
    } catch (error) {
      channel = null
      if (!(error instanceof AppError)) throw error
      if (error.code === chipErrors.cardLifted) {
        await waitForCard(error)
        return { kind: 'lifted' }
      }
      const sw = clearStatus(error)
      if (sw === null && error.code !== readerErrors.extendedNotCarried) throw error
      return { kind: 'lost', sw, error }
    }
  }

  return {
    attempt,
    enterApplication,
    rekey: (old, keys) => (channel = channelOver(link.secured(keys), keys, old.opened, old.folder)),
    readSmaller: () => readSmaller(options.manner, link.transport(), cipher),
    readsExtended: () => readsExtended(options.manner),
    drop: () => {
      channel = null
    },
    access: (opened) => downgraded ?? opened.access,
    cam: () => first?.cam ?? null,
    putBack: () => putBack,
  }
}

const sameFile = (one: Uint8Array | null, other: Uint8Array | null): boolean => (one === null || other === null ? one === other : sameBytes(one, other))

/** Waits for a person, but no longer than until the reading is cancelled. */
async function untilAborted<T>(waiting: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  stopIfAborted(signal)
  if (signal === undefined) return waiting
  let stop = (): void => undefined
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(new AppError(chipErrors.cancelled))
    signal.addEventListener('abort', stop, { once: true })
  })
  return Promise.race([waiting, aborted]).finally(() => signal.removeEventListener('abort', stop))
}
