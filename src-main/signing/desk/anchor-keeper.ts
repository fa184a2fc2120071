import { Instant } from '@contract/ids'
import type { Audit } from '../../audit'
import type { Clock, Store } from '../../storage'
import { anchorsInForce, anchorsView, openAnchors, type Pinned, type PracticeAnchor, type TrustAnchor, type TrustAnchors, withList, withPractice, withRemoved } from '../anchors'
import { doubtChecks } from './check-rows'
import type { AnchorKeeper } from './ports'

export type AnchorDeps = Readonly<{
  store: Store; audit: Audit; clock: Clock
  /** The signed list that comes with the program. */
  shipped: Uint8Array
  /** What the reference city's enrolment brings, in practice mode only. */
  practice(): readonly PracticeAnchor[]
  changed(): void
  pinned?: Pinned
}>

/** Trust anchors: the newest signed list, what practice adds, what this counter took out. */
export type Anchors = AnchorKeeper & Readonly<{
  inForce(): readonly TrustAnchor[]
  trust(): TrustAnchors
  /** Day of the list. */
  issued(): string
  /** A certificate of a CA for demonstrations, by the anchor that its chain ends at. */
  isDemo(anchor: string): boolean
}>

export function createAnchors({ store, audit, clock, shipped, practice, changed, pinned }: AnchorDeps): Anchors {
  const kept = (): Uint8Array | null => store.read.get('SELECT bytes FROM anchor_list ORDER BY issued DESC LIMIT 1', [], (row) => row.bytes('bytes')) ?? null
  const removed = (): ReadonlySet<string> => new Set(store.read.all('SELECT sha256 FROM anchor_removed', [], (row) => row.text('sha256')))
  let listed: TrustAnchors = openAnchors({ shipped, store: { list: kept, removed }, ...(pinned && { pinned }) })
  /** Enrolment may come while the program runs. */
  const now = (): TrustAnchors => withPractice(listed, practice())
  const instant = (): Instant => Instant.parse(clock.now().toISOString())
  const view = (): ReturnType<AnchorKeeper['view']> => anchorsView(now(), clock.now())

  return {
    view,
    import: (bytes, actor) => {
      const next = withList(listed, bytes, clock.now(), pinned)
      const { issued, anchors } = next.list
      store.write((tx) => {
        tx.run('INSERT INTO anchor_list (issued, bytes, imported_at, imported_by) VALUES (?, ?, ?, ?)', [issued, bytes, instant(), actor])
        doubtChecks(tx, instant())
        audit.append(tx, { actor, action: 'signing.anchors-imported', detail: { issued, anchors: anchors.length } })
      })
      listed = next
      changed()
      return view()
    },
    remove: (sha256, isRemoved, actor) => {
      if (!view().anchors.some((anchor) => anchor.sha256 === sha256)) return view()
      store.write((tx) => {
        if (isRemoved) tx.run('INSERT OR IGNORE INTO anchor_removed (sha256, at, by) VALUES (?, ?, ?)', [sha256, instant(), actor])
        else tx.run('DELETE FROM anchor_removed WHERE sha256 = ?', [sha256])
        doubtChecks(tx, instant())
        audit.append(tx, { actor, action: isRemoved ? 'signing.anchor-removed' : 'signing.anchor-put-back', subject: { type: 'anchor', id: sha256 } })
      })
      listed = withRemoved(listed, sha256, isRemoved)
      changed()
      return view()
    },
    inForce: () => anchorsInForce(now()),
    trust: now,
    issued: () => listed.list.issued,
    isDemo: (anchor) => anchorsInForce(now()).some(({ certificate, demo }) => certificate.sha256 === anchor && demo),
  }
}
