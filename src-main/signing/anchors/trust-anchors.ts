import { AppError } from '@contract/errors'
import { signingErrors } from '@contract/errors/signing'
import type { AnchorsView } from '@contract/signing'
import { parseCertificate } from '../../identity/pki'
import { nameOf } from '../certificate-facts'
import { type AnchorKind, type AnchorList, broken, type Pinned, readAnchorList, suits, type TrustAnchor } from './anchor-list'

/** The list in force, what practice mode adds, and what this office took out. */
export type TrustAnchors = Readonly<{ list: AnchorList; origin: 'shipped' | 'file'; practice: readonly TrustAnchor[]; removed: ReadonlySet<string> }>

/** What is kept of anchors; the rows are the caller's. `list` is an imported file as it came: it is judged anew at each start. */
export type AnchorStore = Readonly<{
  list: () => Uint8Array | null
  removed: () => ReadonlySet<string>
  keepList: (bytes: Uint8Array, issued: string) => void
  keepRemoved: (sha256: string, removed: boolean) => void
}>

/** A certificate that practice mode brings along (the city's enrolment answer). DER. */
export type PracticeAnchor = Readonly<{ name?: string; kind: AnchorKind; certificate: Uint8Array }>

/** Older lists are said to be stale, in days. */
export const STALE_AFTER_DAYS = 90
const DAY = 24 * 3600 * 1000

/**
 * The anchors in force: the newer of the shipped and the kept list. A kept one that cannot be read any more (another pinned key, a damaged row) gives way
 * to the shipped one. @throws AppError KS-066 when the shipped list itself is none
 */
export function openAnchors({ shipped, store, pinned }: Readonly<{ shipped: Uint8Array; store: Pick<AnchorStore, 'list' | 'removed'>; pinned?: Pinned }>): TrustAnchors {
  const own = readAnchorList(shipped, pinned)
  const kept = keptList(store.list(), pinned)
  const newer = kept !== null && kept.issued > own.issued
  return { list: newer ? kept : own, origin: newer ? 'file' : 'shipped', practice: [], removed: store.removed() }
}

function keptList(bytes: Uint8Array | null, pinned: Pinned | undefined): AnchorList | null {
  if (bytes === null) return null
  try {
    return readAnchorList(bytes, pinned)
  } catch (error) {
    if (error instanceof AppError) return null
    throw error
  }
}

/**
 * A list from a file takes the other's place when it is of a later day. One of after tomorrow is refused, because none could replace it any more.
 * @throws AppError KS-066, KS-067
 */
export function withList(anchors: TrustAnchors, bytes: Uint8Array, now: Date, pinned?: Pinned): TrustAnchors {
  const list = readAnchorList(bytes, pinned)
  if (Date.parse(list.issued) > now.getTime() + DAY) throw broken('future')
  if (list.issued <= anchors.list.issued) throw new AppError(signingErrors.anchorsOlder, { file: list.issued, current: anchors.list.issued })
  return { ...anchors, list, origin: 'file' }
}

/** Practice mode: what the reference city's demonstration CA hangs on. What cannot be an anchor is left out. */
export function withPractice(anchors: TrustAnchors, certificates: readonly PracticeAnchor[]): TrustAnchors {
  const practice = certificates.flatMap(({ name, kind, certificate }): TrustAnchor[] => {
    try {
      const read = parseCertificate(certificate)
      return suits(kind, read) ? [{ name: name ?? nameOf(read), kind, certificate: read, demo: true, practice: true }] : []
    } catch (error) {
      if (error instanceof AppError) return []
      throw error
    }
  })
  return { ...anchors, practice }
}

/** Takes an anchor out, or puts it back. */
export function withRemoved(anchors: TrustAnchors, sha256: string, removed: boolean): TrustAnchors {
  const next = new Set(anchors.removed)
  if (removed) next.add(sha256)
  else next.delete(sha256)
  return { ...anchors, removed: next }
}

/** All of them, each once; what the list says goes before practice. */
const allAnchors = ({ list, practice }: TrustAnchors): TrustAnchor[] =>
  [...new Map([...practice, ...list.anchors].map((anchor) => [anchor.certificate.sha256, anchor])).values()]

/** Those that count. */
export const anchorsInForce = (anchors: TrustAnchors): TrustAnchor[] => allAnchors(anchors).filter(({ certificate }) => !anchors.removed.has(certificate.sha256))

export const ageInDays = ({ issued }: AnchorList, now: Date): number => Math.max(0, Math.floor((now.getTime() - Date.parse(issued)) / DAY))

/** As told on a screen. */
export function anchorsView(anchors: TrustAnchors, now: Date): AnchorsView {
  const { list, origin, practice, removed } = anchors
  const ageDays = ageInDays(list, now)
  return {
    issued: list.issued, origin: practice.length > 0 ? 'practice' : origin, ageDays, stale: ageDays > STALE_AFTER_DAYS, signer: list.signer, demo: list.demo, note: list.note,
    anchors: allAnchors(anchors).map(({ name, kind, certificate, demo }) => ({
      name, kind, demo, sha256: certificate.sha256, removed: removed.has(certificate.sha256), notAfter: certificate.notAfter.toISOString() as AnchorsView['anchors'][number]['notAfter'],
    })),
  }
}
