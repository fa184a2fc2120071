import { AppError, ERRORS } from '@contract/errors'
import type { Address } from '@contract/display'
import type { DraftId } from '@contract/ids'
import type { Display, PinOutcome } from '../../hall'
import { asAppError, type Log } from '../../storage'
import type { TokenInfo, Tokens } from '../ports'
import { type BatchDeps, type BatchItem, signBatch } from './batch'
import type { JobKeeper } from './job-keeper'
import type { Job } from './job-rows'
import type { TokenKey } from './keys'
import type { SignAs } from './ports'

/** Digits on the citizen's display. */
const DIGITS = { least: 4, most: 12 }

export type TokenWork = Readonly<{
  job: Job
  key: TokenKey
  certificates: readonly Uint8Array[]
  items: readonly BatchItem[]
  as: SignAs
  stampUrl: string | null
}>

export type TokenJobsDeps = BatchDeps & Readonly<{ tokens: Tokens; keeper: JobKeeper; log: Log; display(): Promise<Display>; addressOf(draftId: DraftId | null): Address }>

/** Signing with a key on a token. */
export type TokenJobs = Readonly<{
  /** With a PIN that is there. The PIN is used in this one call. @throws AppError what the token says; the job has ended then */
  run(work: TokenWork, pin: string): Promise<void>
  /** Asks for the PIN on the display and answers at once; the job goes on when it is typed. @throws AppError MH-002 without a display: the job has ended then */
  ask(work: TokenWork): Promise<void>
}>

/** How often the PIN may still be wrong, as far as the token tells. */
const triesOf = ({ triesLeft, pin }: TokenInfo): number | null => triesLeft ?? (pin === 'final-try' ? 1 : null)

const clamp = (value: number): number => Math.max(DIGITS.least, Math.min(DIGITS.most, value))

/** How many digits are asked for: a PIN that was chosen elsewhere has a length that nobody knows. */
export function digitsOf({ pinLength: { least, most } }: Pick<TokenInfo, 'pinLength'>): Readonly<{ digits: number; least: number }> {
  return { digits: clamp(most <= 0 ? DIGITS.most : most), least: clamp(least) }
}

const ENDED: Readonly<Record<Exclude<PinOutcome, 'taken' | 'refused'>, Readonly<{ state: 'refused' | 'expired'; trouble: string | null }>>> = {
  leave: { state: 'refused', trouble: null },
  cleared: { state: 'refused', trouble: null },
  timeout: { state: 'expired', trouble: null },
  'display-gone': { state: 'refused', trouble: ERRORS.hall.noDisplay },
}

export function createTokenJobs(deps: TokenJobsDeps): TokenJobs {
  const { tokens, keeper, log, display, addressOf } = deps

  /** @throws AppError what the token says of PIN or key; what was signed before that stays */
  const work = async ({ job, key, certificates, items, as, stampUrl }: TokenWork, pin: string): Promise<void> => {
    const { scheme } = job
    const batch = signBatch(deps, {
      items, certificates, scheme, as, stampUrl, sign: (pieces) => tokens.sign({ token: key.token.id, pin, keyId: key.keyId, scheme, pieces }),
    })
    for await (const outcomes of batch) {
      // Cancelled meanwhile, or the citizen left: what nobody wants any more is not put anywhere.
      if (!keeper.signing(job.id)) return
      keeper.keep(job, outcomes, stampUrl)
    }
    keeper.finish(job.id)
  }
  const failed = (job: Job, error: unknown): string => {
    const { code } = asAppError(error)
    log('signing.job-failed', { job: job.id, code })
    keeper.end(job.id, 'failed', code)
    return code
  }

  return {
    run: async (wish, pin) => {
      try {
        await work(wish, pin)
      } catch (error) {
        failed(wish.job, error)
        throw error
      }
    },
    ask: async (wish) => {
      const { job, key, items } = wish
      const shown = await display().catch((error: unknown) => {
        failed(job, error)
        throw error
      })
      const turn = { busy: false, over: false }
      const draftId = items.find(({ found }) => found.draftId !== null)?.found.draftId ?? null
      const consume = async (pin: string): Promise<'ok' | 'wrong' | 'blocked'> => {
        // Cancelled by the officer while the page stood there: nothing is signed any more.
        if (keeper.get(job.id).endedAt !== null) {
          shown.clear()
          return 'ok'
        }
        turn.busy = true
        try {
          await work(wish, pin)
          return 'ok'
        } catch (error) {
          const { code } = asAppError(error)
          if (error instanceof AppError && code === ERRORS.signing.pinWrong) {
            if (turn.over) keeper.end(job.id, 'expired', null)
            return 'wrong'
          }
          failed(job, error)
          if (code === ERRORS.signing.pinBlocked) return 'blocked'
          // Not a matter of the PIN: the citizen is not told that it was wrong.
          shown.clear()
          return 'ok'
        } finally {
          turn.busy = false
        }
      }
      let outcome: Promise<PinOutcome>
      try {
        outcome = shown.askPin({ purpose: 'enter', ...digitsOf(key.token), birthDate: null, tries: triesOf(key.token), address: addressOf(draftId), draftId, consume })
      } catch (error) {
        failed(job, error)
        throw error
      }
      outcome.then((how) => {
        // The page's time ran out while the token worked: what was typed in time is signed.
        if (how === 'timeout' && turn.busy) turn.over = true
        else if (how === 'refused') keeper.end(job.id, 'failed', ERRORS.signing.pinWrong)
        else if (how !== 'taken') keeper.end(job.id, ENDED[how].state, ENDED[how].trouble)
      }).catch((error: unknown) => failed(job, error))
    },
  }
}
