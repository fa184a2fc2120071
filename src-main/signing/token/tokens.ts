import { AppError, type ErrorCode } from '@contract/errors'
import { signingErrors } from '@contract/errors/signing'
import type { TokenInfo, Tokens } from '../ports'
import type { Backend, Pin, Trouble } from './backend'
import type { SlotToken } from './protocol'
import { type Found, NOTHING, pictureOf, type Snapshot, snapshotOf } from './snapshot'

/** How often tokens are looked for while somebody looks at them, in milliseconds. */
const LOOK_EVERY = 1_000

export type DriverState = Readonly<{ path: string; name: string; found: 'known' | 'setting' | 'simulated'; running: boolean }>
export type TokenService = Tokens & Readonly<{ drivers(): readonly DriverState[] }>

export type DeskParts = Readonly<{
  /** Drivers of now, in the order of trust; the same object for the same driver. */
  backends(): readonly Backend[]
  /** What is wrong beside single drivers, for example that there is none. */
  trouble(): readonly Trouble[]
  everyMs?: number | undefined
}>

/** Tokens of several backends as one. */
export function tokensOf({ backends, trouble, everyMs = LOOK_EVERY }: DeskParts): TokenService {
  const listeners = new Set<() => void>()
  const known = new Set<string>()
  /** What each driver told last: its tokens, or why it told none. */
  const told = new Map<Backend, readonly SlotToken[] | ErrorCode>()
  let snapshot: Snapshot = NOTHING
  let looking: Promise<Snapshot> | null = null
  let timer: NodeJS.Timeout | null = null
  let closed = false

  const ask = async (backend: Backend): Promise<void> => {
    // A driver at work would make everybody wait; what it told last still holds until it is done.
    if (backend.busy() && typeof told.get(backend) === 'object') return
    try {
      told.set(backend, await backend.list())
    } catch (error) {
      told.set(backend, error instanceof AppError ? error.code : signingErrors.driverFailed)
    }
  }

  const takeStock = (): Snapshot => {
    const now = backends()
    for (const backend of told.keys()) if (!now.includes(backend)) told.delete(backend)
    const answers = now.map((backend) => ({ backend, answer: told.get(backend) ?? [] }))
    const tokens = answers.flatMap(({ backend, answer }) => (typeof answer === 'string' ? [] : [{ backend, tokens: answer }]))
    const troubles = answers.flatMap(({ backend, answer }) => (typeof answer === 'string' ? [{ driver: backend.name, code: answer }] : []))
    const before = snapshot
    snapshot = snapshotOf(tokens, [...trouble(), ...troubles])
    for (const { info } of snapshot.found) known.add(info.id)
    if (pictureOf(before) !== pictureOf(snapshot)) for (const listener of [...listeners]) listener()
    return snapshot
  }
  const lookOnce = (): Promise<Snapshot> => (looking ??= Promise.all(backends().map(ask)).then(takeStock).finally(() => {
    looking = null
  }))

  const rest = (): void => {
    if (timer) clearTimeout(timer)
    timer = null
  }
  const lookAgain = (): void => {
    if (closed || timer || listeners.size === 0) return
    timer = setTimeout(() => void lookOnce().catch(() => undefined).finally(() => {
      timer = null
      lookAgain()
    }), everyMs)
    timer.unref()
  }

  /** Where a token is now. One that is known asks its own driver only: another that hangs does not keep it waiting. */
  const find = async (token: string): Promise<Found> => {
    const byId = ({ found }: Snapshot): Found | undefined => found.find(({ info }) => info.id === token)
    const before = byId(snapshot)
    const there = byId(before ? await ask(before.backend).then(takeStock) : await lookOnce())
    if (there) return there
    const trouble = before && told.get(before.backend)
    if (typeof trouble === 'string') throw new AppError(trouble, { driver: before?.backend.name ?? '' })
    throw new AppError(known.has(token) ? signingErrors.tokenRemoved : signingErrors.noToken)
  }
  /** A token that takes a PIN now: what its flags say is heeded before a try is spent. */
  const ready = async (token: string, pin: string, changing: boolean): Promise<Found & { secret: Pin }> => {
    const found = await find(token)
    const refused = pinTrouble(found.info, changing)
    if (refused) throw new AppError(refused, { driver: found.info.driver })
    return { ...found, secret: pinBytes(pin) }
  }
  /** What a PIN was spent on may have changed the token; whoever looks is told, and nobody waits for it. */
  const afterwards = async <T>(work: Promise<T>): Promise<T> => work.finally(() => {
    if (listeners.size > 0) void lookOnce().catch(() => undefined)
  })

  return {
    list: async () => {
      const { found, troubles } = await lookOnce()
      return { tokens: found.map(({ info }) => info), troubles }
    },
    drivers: () => backends().map(({ path, name, found, running }) => ({ path, name, found, running: running() })),
    certificates: async (token) => {
      const { backend, at } = await find(token)
      return (await backend.certificates(at)).map((found) => ({ token, ...found }))
    },
    generate: async ({ token, pin, ...wish }) => {
      const { backend, at, secret, info } = await ready(token, pin, false)
      if (info.readOnly) throw new AppError(signingErrors.tokenReadOnly, { driver: info.driver })
      if (!info.keys.includes(wish.key)) throw new AppError(signingErrors.noMechanism, { driver: info.driver })
      return afterwards(backend.generate(at, secret, wish))
    },
    publicKey: async (token, keyId, pin) => {
      const { backend, at, secret } = await ready(token, pin, false)
      return afterwards(backend.publicKey(at, secret, keyId))
    },
    sign: async ({ token, pin, ...wish }) => {
      const { backend, at, secret } = await ready(token, pin, false)
      return wish.pieces.length === 0 ? [] : afterwards(backend.sign(at, secret, wish))
    },
    store: async ({ token, pin, ...wish }) => {
      const { backend, at, secret } = await ready(token, pin, false)
      return afterwards(backend.store(at, secret, wish))
    },
    changePin: async ({ token, pin, next }) => {
      const { backend, at, secret, info } = await ready(token, pin, true)
      const wanted = pinBytes(next)
      const { least, most } = info.pinLength
      if (next === pin || wanted.length < least || (most > 0 && wanted.length > most)) throw new AppError(signingErrors.pinRefused, { least, most })
      return afterwards(backend.changePin(at, secret, wanted))
    },
    discard: async ({ token, pin, keyId }) => {
      const { backend, at, secret } = await ready(token, pin, false)
      return afterwards(backend.discard(at, secret, keyId))
    },
    onChange: (listener) => {
      listeners.add(listener)
      lookAgain()
      return () => {
        listeners.delete(listener)
        if (listeners.size === 0) rest()
      }
    },
    close: async () => {
      closed = true
      listeners.clear()
      rest()
      await Promise.all(backends().map((backend) => backend.close()))
    },
  }
}

const pinBytes = (pin: string): Pin => new Uint8Array(Buffer.from(pin, 'utf8'))

function pinTrouble({ pin }: TokenInfo, changing: boolean): ErrorCode | null {
  if (pin === 'blocked') return signingErrors.pinBlocked
  if (pin === 'not-set') return signingErrors.pinNotSet
  return pin === 'must-change' && !changing ? signingErrors.pinMustChange : null
}
