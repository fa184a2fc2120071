import { createHash } from 'node:crypto'
import { Sha256 } from '@contract/ids'
import type { ReportKind, ReportRow } from '@contract/reports'
import { canonicalJson, type Json } from '../audit'
import type { ReportDraft } from './ports'

const json = (value: Json): string => canonicalJson(value)

export type Digest = Readonly<{ add(row: ReportRow): void; done(): Sha256 }>
export type ReportHead = Readonly<{ kind: ReportKind; from: string; to: string }>

/**
 * SHA-256 over the canonical JSON (RFC 8785) of kind, period, columns, all rows, facts and checks. When and by whom a report is made is not in it:
 * the same figures have the same digest. Rows are hashed as they pass, so that a long list is not held.
 */
export function beginDigest({ kind, from, to }: ReportHead, draft: Omit<ReportDraft, 'rows'>): Digest {
  const hash = createHash('sha256')
  const checks = draft.checks.map(({ code, ok, params }) => ({ code, ok, params }))
  const facts = draft.facts.map(({ caption, value }) => ({ caption, value }))
  // Members in the order of their names, as canonical JSON has them.
  hash.update(`{"checks":${json(checks)},"columns":${json(draft.columns.map((column) => ({ ...column })))},"facts":${json(facts)},"from":${json(from)},"kind":${json(kind)},"rows":[`)
  let first = true
  return {
    add: ({ cells, level }) => {
      hash.update(`${first ? '' : ','}${json({ cells, level })}`)
      first = false
    },
    done: () => {
      hash.update(`],"to":${json(to)}}`)
      return Sha256.parse(hash.digest('hex'))
    },
  }
}
