import { AppError, ERRORS } from '@contract/errors'
import { Instant, type Sha256 } from '@contract/ids'
import type { DocumentReport, SignedBadge, SignTarget } from '@contract/signing'
import { asAppError, type Clock, type Documents, type Log, type Store } from '../../storage'
import { readSignatures, revisionBytes } from '../pdf'
import { askAgainAt } from './again'
import { badgeOf, checksDue, findCheck, keepCheck, unjudged } from './check-rows'
import type { CheckDesk } from './desk-types'
import { JUDGED_BY_ITSELF, MAX_SIGNED } from './limits'
import type { Judge } from './ports'
import { bytesOfTarget, findJudged } from './targets'

export type ChecksDeps = Readonly<{
  store: Store; documents: Documents; clock: Clock; log: Log; judge: Judge
  lineUp(): boolean
  /** A badge is another. */
  changed(): void
}>

export type Checks = CheckDesk & Readonly<{
  badgeOfBytes(sha256: string): SignedBadge | null
  /** Judges one PDF that was not judged yet, or whose verdict may be known by now. Answers whether there may be more. */
  step(): Promise<boolean>
}>

/** Judgements of PDFs, kept by the SHA-256 of their bytes: the same bytes are judged once, until there is more to know. */
export function createChecks({ store, documents, clock, log, judge, lineUp, changed }: ChecksDeps): Checks {
  const pictureOf = (badge: SignedBadge | null): string => JSON.stringify(badge && { ...badge, checkedAt: '' })
  const badge = (sha256: string): SignedBadge | null => badgeOf(findCheck(store.read, sha256))

  const keep = (sha256: Sha256, report: DocumentReport, online: boolean): void => {
    const before = findCheck(store.read, sha256)
    const tries = (before?.tries ?? 0) + 1
    const again = askAgainAt(report, tries, clock.now())
    store.write((tx) => keepCheck(tx, { sha256, report, online, againAt: again && Instant.parse(again.toISOString()), tries }))
    if (pictureOf(badgeOf(before)) !== pictureOf(badge(sha256))) changed()
  }
  /** A file that cannot be read has no signature that anybody could check. */
  const unreadable = (): DocumentReport => ({
    verdict: null, signatures: [], changedSince: false, checkedAt: Instant.parse(clock.now().toISOString()), anchorsIssued: '1970-01-01', encrypted: false,
  })
  const judged = async (sha256: Sha256, online: boolean): Promise<DocumentReport> => {
    const bytes = await documents.readAll(sha256, MAX_SIGNED)
    const report = await judge.validate(bytes, { online })
    keep(sha256, report, online)
    return report
  }
  /** @throws what reading the store throws */
  const judgeQuietly = async (sha256: Sha256): Promise<void> => {
    try {
      if ((await documents.size(sha256)) > JUDGED_BY_ITSELF) return keep(sha256, unreadable(), false)
      await judged(sha256, lineUp())
    } catch (error) {
      const { code } = asAppError(error)
      log('signing.not-judged', { code })
      keep(sha256, unreadable(), false)
    }
  }
  const read: CheckDesk['read'] = async (target) => bytesOfTarget({ documents }, findJudged(store.read, target))

  return {
    report: async (target, online) => {
      const found = findJudged(store.read, target)
      if (found.mediaType !== 'application/pdf') throw new AppError(ERRORS.signing.notPdf)
      return judged(found.sha256, online && lineUp())
    },
    badges: (ids) => Object.fromEntries(ids.flatMap((id) => {
      const found = badgeOfDocument({ kind: 'document', id })
      return found ? [[id, found]] : []
    })),
    check: async (bytes) => {
      if (bytes.length > MAX_SIGNED) throw new AppError(ERRORS.signing.pdfTooLarge)
      return judge.validate(bytes, { online: true })
    },
    revision: async (target, revision) => {
      const bytes = await read(target)
      if (readSignatures(bytes).length === 0) throw new AppError(ERRORS.signing.notSigned)
      return revisionBytes(bytes, revision)
    },
    read,
    nameOf: (target) => {
      const { title } = findJudged(store.read, target)
      return /\.pdf$/iu.test(title) ? title : `${title.replace(/[\\/:*?"<>|]/gu, ' ').trim()}.pdf`
    },
    badgeOfBytes: badge,
    step: async () => {
      const [fresh] = unjudged(store.read, 1)
      const next = fresh ?? (lineUp() ? checksDue(store.read, Instant.parse(clock.now().toISOString()), 1)[0] : undefined)
      if (next === undefined) return false
      await judgeQuietly(next)
      return true
    },
  }

  function badgeOfDocument(target: SignTarget): SignedBadge | null {
    try {
      return badge(findJudged(store.read, target).sha256)
    } catch (error) {
      if (error instanceof AppError) return null
      throw error
    }
  }
}
