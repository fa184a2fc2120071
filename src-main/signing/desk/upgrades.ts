import { AppError, ERRORS } from '@contract/errors'
import { Instant } from '@contract/ids'
import type { Audit } from '../../audit'
import type { Clock, Documents, Log, Store } from '../../storage'
import { MOST_TRIES, pauseAfter } from './again'
import { laterCopy } from './file-rows'
import type { PadesPort } from './pades-port'
import type { Placing } from './placing'
import { forgetUpgrade, noteLevel, postponeUpgrade, type Upgrade, upgradesDue } from './signature-rows'
import type { Stamps } from './stamps'
import { bytesOfTarget, findTarget, type Found } from './targets'

export type UpgradesDeps = Readonly<{ store: Store; documents: Documents; audit: Audit; clock: Clock; log: Log; pades: PadesPort; stamps: Stamps; placing: Placing; lineUp(): boolean; done(): void }>

/** What is wrong with the signature itself: no line ever mends that. */
const HOPELESS: ReadonlySet<string> = new Set([
  ERRORS.signing.documentChanged, ERRORS.signing.notSigned, ERRORS.signing.certificateRevoked, ERRORS.signing.pdfBroken, ERRORS.signing.pdfEncrypted, ERRORS.signing.pdfTooLarge,
  ERRORS.signing.pdfChangesForbidden, ERRORS.storage.documentMissing, ERRORS.storage.documentDamaged,
])

/**
 * Gives a signature what it lacks when the line is there: a stamp (B-T), then evidence (B-LT). Each step is a new version behind the bytes before.
 * @returns one step: whether there may be more
 */
export function createUpgrades({ store, documents, audit, clock, log, pades, stamps, placing, lineUp, done }: UpgradesDeps): () => Promise<boolean> {
  const now = (): Date => clock.now()
  const instant = (at: Date): Instant => Instant.parse(at.toISOString())

  /** A frozen document may have a copy by now that has more. */
  const current = ({ target }: Upgrade): Found => {
    const found = findTarget(store.read, target)
    if (found.target.kind !== 'document' || found.frozen !== ERRORS.signing.documentFrozen) return found
    const copy = laterCopy(store.read, found.target.id)
    return copy ? findTarget(store.read, { kind: 'file', id: copy.id }) : found
  }
  const later = (upgrade: Upgrade, code: string): void => {
    log('signing.upgrade-waits', { code, tries: upgrade.tries + 1 })
    const ended = HOPELESS.has(code) || upgrade.tries + 1 >= MOST_TRIES * 10
    store.write((tx) => (ended ? forgetUpgrade(tx, upgrade.target) : postponeUpgrade(tx, upgrade.target, instant(new Date(now().getTime() + pauseAfter(Math.min(upgrade.tries, MOST_TRIES)))), code)))
  }
  const one = async (upgrade: Upgrade): Promise<void> => {
    const before = current(upgrade)
    const bytes = await bytesOfTarget({ documents }, before)
    const { bytes: after, level } = await pades.upgrade(bytes, stamps.source(upgrade.stampUrl))
    if (after.length === bytes.length) {
      store.write((tx) => forgetUpgrade(tx, upgrade.target))
      return
    }
    const safe = await placing.store(before, bytes, after, level)
    store.write((tx) => {
      const target = placing.place(tx, safe, true)
      forgetUpgrade(tx, upgrade.target)
      noteLevel(tx, target, level, { stampUrl: upgrade.stampUrl, nextAt: instant(new Date(now().getTime() + pauseAfter(upgrade.tries))) })
      audit.append(tx, { actor: 'system', action: 'signing.upgraded', subject: { type: target.kind === 'document' ? 'document' : 'signing-file', id: target.id }, detail: { level, sha256: safe.sha256 } })
    })
    placing.tell(before)
    done()
  }
  return async () => {
    if (!lineUp()) return false
    const [next] = upgradesDue(store.read, instant(now()), 1)
    if (!next) return false
    try {
      await one(next)
    } catch (error) {
      if (!(error instanceof AppError)) log('signing.upgrade-failed', { kind: error instanceof Error ? error.name : typeof error })
      later(next, error instanceof AppError ? error.code : ERRORS.storage.unexpected)
    }
    return true
  }
}
