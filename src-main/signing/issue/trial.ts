import { AppError, ERRORS } from '@contract/errors'
import type { IssuanceId } from '@contract/signing'
import { sha256Of } from './digest'
import type { Keeper } from './happen'
import { agreementPaper } from './papers'
import type { Actor, IssueDeps, Sealed, Sealing } from './ports'
import type { Issuance } from './records'
import type { createTokenSteps } from './token-steps'

type TrialDeps = IssueDeps & Readonly<{ keeper: Keeper; token: Pick<ReturnType<typeof createTokenSteps>, 'tokenNow' | 'withPin'> }>

/** Revocation that cannot be asked now leaves a signature undecided, not wrong: it is told beside it. */
const UNDECIDED: ReadonlySet<string> = new Set(['TRY_LATER', 'NO_POE'])

export const sealing = ({ subject, provider }: Issuance, place: Sealing['place']): Sealing =>
  ({ name: subject.fullName, reason: 'Ký hợp đồng thuê bao và đơn đề nghị cấp chứng thư', place, provider: provider.id })

/** The trial signature: on the agreement itself, judged before it counts. */
export function createTrial(deps: TrialDeps) {
  const { store, keeper, clock } = deps

  /** What was signed is the agreement, by the new certificate, whole. @throws AppError KS-057 */
  const judged = async (issuance: Issuance, { bytes }: Sealed): Promise<void> => {
    const { certificate } = issuance
    const report = await (await deps.judge()).validate(bytes, { online: true })
    const mine = certificate === null ? undefined : report.signatures.find(({ kind, signer }) => kind === 'signature' && signer?.sha256 === sha256Of(certificate))
    const sound = mine !== undefined && (mine.verdict === 'TOTAL-PASSED' || (mine.verdict === 'INDETERMINATE' && UNDECIDED.has(mine.why ?? '')))
    if (!sound || report.changedSince) throw new AppError(ERRORS.signing.trialInvalid, { why: mine?.why ?? 'NO_SIGNING_CERTIFICATE_FOUND' })
  }

  /** Keeps a signature that counts, and ends the step with it. */
  const keep = async (actor: Actor, id: IssuanceId, sealed: Sealed): Promise<void> => {
    const issuance = keeper.get(id)
    await judged(issuance, sealed)
    const files = await deps.files()
    const { dossierId, draftId, subject } = issuance
    const stored = await files.store({ kind: 'agreement', title: `Hợp đồng thuê bao – ${subject.fullName}`, bytes: sealed.bytes, issuance: id, dossierId, draftId, level: sealed.level, replaces: null })
    store.write((tx) => {
      const agreement = files.insert(tx, stored)
      keeper.happenIn(tx, actor, id, { kind: 'did', step: 'trial' }, { how: sealed.level, change: { trial_at: clock.now().toISOString(), agreement } })
      tx.run('DELETE FROM issuance_trial WHERE issuance_id = ?', [id])
    })
    deps.changed()
  }

  return {
    keep,
    /** With the token: the citizen types the PIN for this one signature. */
    onToken: async (actor: Actor, issuance: Issuance): Promise<void> => {
      const { tokenId, keyId, scheme, certificate, chain, id } = issuance
      if (tokenId === null || keyId === null || scheme === null || certificate === null) throw new AppError(ERRORS.signing.noKey)
      const token = await deps.token.tokenNow(tokenId)
      const { pdf, places } = await agreementPaper(deps, issuance)
      await deps.token.withPin(actor, issuance, token, async (tokens, pin) => {
        const sealed = await deps.seal.sign(pdf, {
          certificates: [certificate, ...chain], scheme,
          sign: async (bytes) => {
            const [signature] = await tokens.sign({ token: tokenId, pin, keyId, scheme, pieces: [bytes] })
            if (!signature) throw new AppError(ERRORS.signing.driverFailed)
            return signature
          },
        }, sealing(issuance, places.citizen ?? null))
        await keep(actor, id, sealed)
      })
    },
  }
}
