import { AppError, ERRORS } from '@contract/errors'
import { TokenId, type TokenCard, type TokensView } from '@contract/signing'
import type { Audit } from '../../audit'
import type { Display } from '../../hall'
import { parseCertificate } from '../../identity/pki'
import { asAppError, type Log, type Store } from '../../storage'
import { nameOf } from '../certificate-facts'
import { createHeldPin } from '../held-pin'
import type { TokenInfo } from '../ports'
import type { SimulatedTokens, TokenService } from '../token'
import type { Actor, TokenDesk } from './desk-types'
import type { DeskJudge } from './judge'
import { tokenOf } from './keys'
import { digitsOf } from './token-jobs'

/** How long after the last look tokens are watched, in milliseconds. */
const WATCHED_MS = 120_000

export type TokenCards = Readonly<{ card(token: TokenInfo): Promise<TokenCard> }>
export type TokenDeskDeps = Readonly<{
  store: Store; audit: Audit; log: Log; tokens: TokenService; judge: DeskJudge
  display(): Promise<Display>
  changed(): void
  /** Practice: the tokens that can be plugged in and pulled out; null outside of it. */
  simulated: Pick<SimulatedTokens, 'offered' | 'plug'> | null
}>

/** What is on a token, without a PIN. Whether a certificate was revoked is told from what is kept: a look at tokens waits for no line. */
export function createCards({ tokens, judge, log }: Pick<TokenDeskDeps, 'tokens' | 'judge' | 'log'>): TokenCards {
  const sheets = async (token: string): Promise<TokenCard['certificates']> => {
    const stored = await tokens.certificates(token).catch((error: unknown) => {
      log('tokens.certificates-unread', { code: asAppError(error).code })
      return []
    })
    const chain = stored.filter(({ hasKey }) => !hasKey).map(({ certificate }) => certificate)
    const cards: TokenCard['certificates'] = []
    for (const { keyId, certificate, hasKey } of stored) {
      try {
        cards.push({ keyId, hasKey, sheet: (await judge.certificate(parseCertificate(certificate), chain, false)).sheet })
      } catch (error) {
        // Some makers leave what is no certificate on their tokens.
        log('tokens.certificate-unreadable', { code: asAppError(error).code })
      }
    }
    return cards
  }
  return {
    card: async ({ id, driver, label, serial, maker, model, pin, triesLeft, readOnly, schemes, keys, simulated }) => ({
      id: TokenId.parse(id), driver, label, serial, maker, model, pin, triesLeft, readOnly, schemes: [...schemes], keys: [...keys], simulated, certificates: await sheets(id),
    }),
  }
}

/** The tokens view. */
export function createTokenDesk({ store, audit, log, tokens, display, changed, simulated }: TokenDeskDeps, cards: TokenCards): TokenDesk & Readonly<{ close(): void }> {
  let stop: (() => void) | null = null
  let until: NodeJS.Timeout | undefined
  const rest = (): void => {
    stop?.()
    stop = null
  }
  /** While somebody looks, plugging and pulling is told. */
  const watch = (): void => {
    stop ??= tokens.onChange(changed)
    clearTimeout(until)
    until = setTimeout(rest, WATCHED_MS).unref()
  }
  const view = async (): Promise<TokensView> => {
    watch()
    const { tokens: found, troubles } = await tokens.list()
    return {
      tokens: await Promise.all(found.map(cards.card)), troubles: troubles.map((trouble) => ({ ...trouble })), drivers: tokens.drivers().map((driver) => ({ ...driver })),
      offered: (simulated?.offered() ?? []).map((offered) => ({ ...offered, id: TokenId.parse(offered.id) })),
    }
  }
  const changedPin = (actor: Actor, token: TokenInfo): void => {
    store.write((tx) => audit.append(tx, { actor: actor.id, action: 'token.pin-changed', subject: { type: 'token', id: token.serial.slice(0, 64) || 'unknown' } }))
    changed()
  }

  /** The citizen types the PIN of now, then another one twice. */
  const changeOnDisplay = async (actor: Actor, token: TokenInfo): Promise<void> => {
    const shown = await display()
    const asked = { ...digitsOf(token), birthDate: null, address: 'quý vị', draftId: null } as const
    const before = createHeldPin()
    const first = shown.askPin({
      ...asked, purpose: 'enter', tries: token.triesLeft,
      consume: async (pin) => {
        // Nothing is tried yet: the driver proves the old PIN when it changes it.
        before.hold(pin)
        return 'ok'
      },
    })
    const change = async (chosen: string): Promise<'ok'> => {
      try {
        const pin = before.take()
        if (pin === null) throw new AppError(ERRORS.signing.pinRefused)
        await tokens.changePin({ token: token.id, pin, next: chosen })
        changedPin(actor, token)
      } catch (error) {
        log('tokens.pin-not-changed', { code: asAppError(error).code })
        // The PIN of before was wrong or waited too long, or the token went: nothing that the citizen types here mends that.
        shown.clear()
        changed()
      }
      return 'ok'
    }
    first.then((outcome) => (outcome === 'taken' ? shown.askPin({ ...asked, purpose: 'set', tries: null, consume: change }) : outcome))
      .catch((error: unknown) => log('tokens.pin-not-changed', { code: asAppError(error).code }))
      .finally(before.drop)
  }

  return {
    view,
    refresh: view,
    changePin: async (actor, { token, pin, next }) => {
      const found = await tokenOf(tokens, token)
      await tokens.changePin({ token, pin, next })
      changedPin(actor, found)
      return view()
    },
    changePinOnDisplay: async (actor, token) => changeOnDisplay(actor, await tokenOf(tokens, token)),
    certificate: async (token, keyId) => {
      const stored = (await tokens.certificates(token)).find((one) => one.keyId === keyId)
      if (!stored) throw new AppError(ERRORS.signing.noKey)
      const certificate = parseCertificate(stored.certificate)
      const name = nameOf(certificate).replace(/[\\/:*?"<>|]/gu, ' ').trim().slice(0, 80)
      return { name: `${name === '' ? 'chung-thu' : name} (${certificate.serial.slice(0, 16)}).cer`, der: stored.certificate }
    },
    plug: async (token, plugged) => {
      if (!simulated) throw new AppError(ERRORS.signing.noToken)
      simulated.plug(token, plugged)
      changed()
      return view()
    },
    close: () => {
      clearTimeout(until)
      rest()
    },
  }
}
