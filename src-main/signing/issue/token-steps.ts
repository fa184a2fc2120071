import { AppError, ERRORS } from '@contract/errors'
import type { IssuanceId, KeyKind, SignatureScheme } from '@contract/signing'
import { buildRequest } from '../ca'
import { createHeldPin } from '../held-pin'
import type { TokenInfo, Tokens } from '../ports'
import { type CaSteps, codeOf } from './ca-steps'
import type { Keeper } from './happen'
import type { Hands } from './hands'
import type { Actor, IssueDeps } from './ports'
import { type Issuance, standOf } from './records'
import { stepOf } from './rules'
import { keyFor, pinLengths, schemeFor, usable } from './token-rules'

export type TokenDeps = IssueDeps & Readonly<{ keeper: Keeper; hands: Hands; ca: CaSteps }>
type WithPin = (tokens: Tokens, pin: string) => Promise<void>
type Made = Readonly<{ token: TokenInfo; key: KeyKind; scheme: SignatureScheme; how: 'entered' | 'changed' }>

/** What the transport PIN is tried with: a key that is nowhere. */
const NO_KEY = '00000000000000000000000000000000'

/** Everything that needs the citizen's token, and the PIN typed on the display. A PIN lives in one call and is handed to the token only. */
export function createTokenSteps(deps: TokenDeps) {
  const { store, clock, keeper, hands, ca } = deps

  /** The token that is meant, as it is now. @throws AppError KS-021, KS-121, KS-024, KS-026, KS-123 */
  const tokenNow = async (wanted: string | null): Promise<TokenInfo> => {
    const { tokens } = await (await deps.tokens()).list()
    const meant = wanted === null ? tokens : tokens.filter(({ id }) => id === wanted)
    const [token, other] = meant
    if (!token) throw new AppError(ERRORS.signing.noToken)
    if (other) throw new AppError(ERRORS.signing.severalTokens)
    usable(token)
    return token
  }

  /** The citizen types the PIN that is there, and `use` has it for one call. Ends with the page; what went wrong stands with the issuance. */
  const withPin = async (actor: Actor, { id, subject, draftId }: Issuance, token: TokenInfo, use: WithPin): Promise<void> => {
    const display = await deps.display()
    const ended = display.askPin({
      purpose: 'enter', ...pinLengths(token.pinLength), birthDate: null, tries: token.triesLeft ?? (token.pin === 'final-try' ? 1 : null), address: deps.addressOf(subject), draftId,
      consume: (pin) => consumed(actor, id, () => display.clear(), (tokens) => use(tokens, pin)),
    })
    watched(id, ended)
  }
  const watched = (id: IssuanceId, ended: Promise<unknown>): void => {
    hands.typing(id, true)
    void ended.catch(() => undefined).finally(() => hands.typing(id, false))
  }
  const consumed = async (actor: Actor, id: IssuanceId, leave: () => void, use: (tokens: Tokens) => Promise<void>): Promise<'ok' | 'wrong' | 'blocked'> => {
    try {
      await hands.work(id, 'token', async () => use(await deps.tokens()))
      return 'ok'
    } catch (error) {
      const code = codeOf(error, ERRORS.signing.driverFailed)
      if (!(error instanceof AppError)) deps.log('issuance.token-unexpected', { id, kind: error instanceof Error ? error.name : typeof error })
      keeper.trouble(actor, id, code)
      if (code === ERRORS.signing.pinWrong) return 'wrong'
      if (code === ERRORS.signing.pinBlocked) return 'blocked'
      // Nothing that the citizen could type differently: the page goes, the officer is told by name.
      leave()
      return 'ok'
    }
  }

  /** The certificate onto the token, read back, and only then taken at the CA. A second time finds it there. */
  const put = async (actor: Actor, id: IssuanceId, tokens: Tokens, pin: string): Promise<void> => {
    const issuance = keeper.get(id)
    const { tokenId, keyId, certificate, subject } = issuance
    if (tokenId === null || keyId === null || certificate === null) return
    const isThere = async (): Promise<boolean> => (await tokens.certificates(tokenId)).some((one) => one.keyId === keyId && Buffer.compare(one.certificate, certificate) === 0)
    if (!(await isThere())) {
      await tokens.store({ token: tokenId, pin, keyId, certificate, label: subject.fullName })
      if (!(await isThere())) throw new AppError(ERRORS.signing.driverFailed)
    }
    store.write((tx) => {
      const stored = keeper.happenIn(tx, actor, id, { kind: 'stored' }, { how: 'token', change: { stored_at: clock.now().toISOString() } })
      ca.taken(tx, stored)
    })
    deps.changed()
  }

  /** The key pair by its id, made when it is not there; its request signed; and, while the PIN is in hand, the certificate onto the token. */
  const make = async (actor: Actor, id: IssuanceId, { token, key, scheme, how }: Made, tokens: Tokens, pin: string): Promise<void> => {
    const before = keeper.get(id)
    const keyId = before.keyId ?? deps.newKeyId()
    // Logs in: a wrong PIN ends here, before anything is written down.
    const found = await tokens.publicKey(token.id, keyId, pin)
    store.write((tx) => {
      if (stepOf(standOf(before)) === 'pin') {
        keeper.happenIn(tx, actor, id, { kind: 'did', step: 'pin' }, { how, change: { pin_how: how, token_id: token.id, token_label: token.label, token_serial: token.serial, key_kind: key, scheme } })
      }
      if (before.keyId === null) keeper.happenIn(tx, actor, id, { kind: 'key-begun' }, { change: { key_kind: key, scheme, key_id: keyId } })
    })
    deps.changed()
    const { fullName, idNumber, province } = before.subject
    const spki = found ?? await tokens.generate({ token: token.id, pin, key, keyId, label: fullName })
    const csr = await buildRequest({
      subject: { fullName, idNumber, province }, spki, scheme,
      sign: async (bytes) => {
        const [signature] = await tokens.sign({ token: token.id, pin, keyId, scheme, pieces: [bytes] })
        if (!signature) throw new AppError(ERRORS.signing.driverFailed)
        return signature
      },
    })
    keeper.happen(actor, id, { kind: 'key-made' }, { how: key, change: { csr, key_ready: 1 } })
    if ((await inTime(ca.ask(actor, id), deps.patienceMs)) === 'held') await put(actor, id, tokens, pin)
  }

  const chosen = ({ keys, schemes }: TokenInfo, wanted: KeyKind | null): Pick<Made, 'key' | 'scheme'> => {
    const key = keyFor(keys, wanted)
    const scheme = key && schemeFor(schemes, key, deps.rsa())
    if (!scheme) throw new AppError(ERRORS.signing.noMechanism)
    return { key, scheme }
  }

  /** The transport PIN, then a PIN of the citizen's own, typed twice; with that one the key is made. */
  const changeAndMake = async (actor: Actor, { id, subject, draftId }: Issuance, made: Omit<Made, 'how'>): Promise<void> => {
    const display = await deps.display()
    const { token } = made
    const address = deps.addressOf(subject)
    const transport = createHeldPin()
    let opened = false
    const first = display.askPin({
      purpose: 'enter', ...pinLengths(token.pinLength), birthDate: null, tries: token.triesLeft, address, draftId,
      consume: (pin) => consumed(actor, id, () => display.clear(), async (tokens) => {
        await opens(tokens, token.id, pin)
        transport.hold(pin)
        opened = true
      }),
    })
    const both = first.then((outcome) => {
      if (outcome !== 'taken' || !opened) return undefined
      let isNew = false
      return display.askPin({
        purpose: 'set', digits: pinLengths(token.pinLength).newDigits, birthDate: subject.birthDate, tries: null, address, draftId,
        consume: (next) => consumed(actor, id, () => display.clear(), async (tokens) => {
          // The second try, after a failure on the way: it is the citizen's own by now.
          if (!isNew) {
            const old = transport.take()
            if (old === null) throw new AppError(ERRORS.signing.pinRefused)
            await tokens.changePin({ token: token.id, pin: old, next })
            isNew = true
          }
          await make(actor, id, { ...made, how: 'changed' }, tokens, next)
        }),
      })
    }).finally(transport.drop)
    watched(id, both)
  }

  return {
    tokenNow, withPin, put,
    /** The PIN, and with the same entry key pair, request and, if the CA is quick, the certificate. */
    begin: async (actor: Actor, issuance: Issuance, wanted: string | null, key: KeyKind | null): Promise<void> => {
      const token = await tokenNow(wanted ?? issuance.tokenId)
      const made = { token, ...chosen(token, key ?? issuance.keyKind) }
      if (token.pin === 'must-change') return changeAndMake(actor, issuance, made)
      await withPin(actor, issuance, token, (tokens, pin) => make(actor, issuance.id, { ...made, how: 'entered' }, tokens, pin))
    },
    /** A certificate that came when the citizen had left. */
    storeHeld: async (actor: Actor, issuance: Issuance): Promise<void> => {
      const token = await tokenNow(issuance.tokenId)
      await withPin(actor, issuance, token, (tokens, pin) => put(actor, issuance.id, tokens, pin))
    },
  }
}

/** Whether a transport PIN opens the token: one that must be changed first opens nothing else. */
async function opens(tokens: Tokens, token: string, pin: string): Promise<void> {
  try {
    await tokens.publicKey(token, NO_KEY, pin)
  } catch (error) {
    if (codeOf(error, ERRORS.signing.driverFailed) !== ERRORS.signing.pinMustChange) throw error
  }
}

/** What comes within so many milliseconds; null when it does not. */
async function inTime<T>(work: Promise<T>, ms: number): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<null>((resolve) => { timer = setTimeout(() => resolve(null), ms) })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
