import type { FilterCounts, ImportReport, ProcedureFilters, ProcedureHit } from '@contract/calls-office'
import { toCivil } from '@contract/civil-time'
import type { FeeQuote, OpenQuestion, Verdict } from '@contract/draft'
import { AppError } from '@contract/errors'
import type { Catalogue as CatalogueFile, Procedure } from '@contract/procedures'
import type { WardSettings } from '@contract/settings'
import type { Audit } from '../audit'
import type { Clock, Reader, Store } from '../storage'
import { exportJson, exportXlsx } from './export'
import { importCatalogue as readCatalogueFile } from './import'
import { filtered } from './filters'
import { quoteFee } from './fees'
import { type Judgement, judge, toVerdict, type WardIdentity } from './jurisdiction'
import { compare, importCatalogue, inForceOn, newestVersion, procedureVersion } from './repository'
import { buildIndex, lifeEventsOf, type ProcedureIndex, searchProcedures } from './search'
import { feeText, timeText } from './texts'

export type Catalogue = Readonly<{
  search(input: SearchInput): SearchOutput
  /** Everything in force today; the same list until the catalogue or the day changes. */
  inForce(): readonly Procedure[]
  /** The version in force today, or a named one. @throws AppError DM-003 */
  get(code: string, version?: string): Procedure
  version(reader: Reader, code: string, version: string): Procedure
  /** `answers` null: by place alone. */
  judge(procedure: Procedure, applicant: { address: string }, answers: Readonly<Record<string, string>> | null): { verdict: Verdict; open: OpenQuestion[] }
  quote(procedure: Procedure, input: { copies: number; pages: number; exemption: string | null; councilAmount: number | null }): FeeQuote
  import(by: string, file: { bytes: Uint8Array; name: string; dryRun: boolean }): Promise<ImportReport>
  export(as: 'json' | 'xlsx'): Promise<{ bytes: Uint8Array; type: string }>
  /** Puts the shipped catalogue in when there is none yet. */
  ensureShipped(read: () => CatalogueFile): void
}>

type SearchInput = Readonly<{ query: string; lifeEvent: string | null; applicant: { address: string } | null; limit: number; filters?: ProcedureFilters | undefined }>
type SearchOutput = { items: ProcedureHit[]; total: number; lifeEvents: string[]; found: number; counts: FilterCounts }

/** `essential`: codes of the 25 essential services. */
type Deps = Readonly<{ store: Store; audit: Audit; clock: Clock; ward(): WardSettings; essential?: () => ReadonlySet<string> }>

type InForce = Readonly<{ day: string; procedures: readonly Procedure[]; index: ProcedureIndex; byCode: ReadonlyMap<string, Procedure>; lifeEvents: string[] }>

const NONE: ReadonlySet<string> = new Set()
const wardOf = ({ name, province }: WardSettings): WardIdentity => ({ name: /(?:phường|xã|đặc khu)\s.+$/iu.exec(name)?.[0] ?? name, province })
const judged = (judgement: Judgement): { verdict: Verdict; open: OpenQuestion[] } => ({
  verdict: toVerdict(judgement),
  open: judgement.open.map(({ id, question, answers }) => ({ id, question, answers: answers.map((answer) => ({ ...answer })) })),
})

/** The procedures of this ward: kept as versions, searched from memory, judged by place and answers. */
export function createCatalogue({ store, audit, clock, ward, essential = () => NONE }: Deps): Catalogue {
  let cached: InForce | undefined
  const inForce = (): InForce => {
    const day = toCivil(clock.now()).date
    if (cached?.day === day) return cached
    const procedures = inForceOn(store.read, day)
    cached = { day, procedures, index: buildIndex(procedures), byCode: new Map(procedures.map((item) => [item.code, item])), lifeEvents: lifeEventsOf(procedures) }
    return cached
  }
  // A version never changes and is never deleted: a trigger keeps both.
  const versions = new Map<string, Procedure>()
  const version = (reader: Reader, code: string, name: string): Procedure => {
    const key = `${code} ${name}`
    const found = versions.get(key) ?? procedureVersion(reader, code, name)
    versions.set(key, found)
    return found
  }
  const hit = (procedure: Procedure, applicant: { address: string } | null): ProcedureHit => ({
    code: procedure.code, version: procedure.version, name: procedure.name, field: procedure.field, timeText: timeText(procedure.time),
    feeText: feeText(procedure), placeIndependence: procedure.placeIndependence, essential: essential().has(procedure.code),
    verdict: toVerdict(judge(procedure, applicant ?? { address: '' }, wardOf(ward()), null)),
  })
  const keep = (by: string, catalogue: CatalogueFile): { added: string[]; changed: string[]; unchanged: number } => {
    const difference = store.write((tx) => {
      const done = importCatalogue(tx, catalogue, clock.now())
      audit.append(tx, { actor: by, action: 'catalogue.imported', detail: { version: catalogue.version, added: done.added.length, changed: done.changed.length } })
      return done
    })
    cached = undefined
    return difference
  }

  return {
    search: ({ query, lifeEvent, applicant, limit, filters = {} }) => {
      const { index, procedures, lifeEvents } = inForce()
      const { kept, counts } = filtered(searchProcedures(index, query, { limit: procedures.length, lifeEvent }).map(({ procedure }) => procedure), filters, essential())
      return { items: kept.slice(0, limit).map((procedure) => hit(procedure, applicant)), total: procedures.length, lifeEvents, found: kept.length, counts }
    },
    inForce: () => inForce().procedures,
    get: (code, version) => {
      if (version !== undefined) return procedureVersion(store.read, code, version)
      const found = inForce().byCode.get(code)
      if (!found) throw new AppError('DM-003', { procedure: code })
      return found
    },
    version,
    judge: (procedure, applicant, answers) => judged(judge(procedure, applicant, wardOf(ward()), answers)),
    quote: (procedure, input) => quoteFee(procedure, input),
    import: async (by, { bytes, dryRun }) => {
      const read = await readCatalogueFile(Buffer.from(bytes), inForce().byCode.keys())
      if (!read.ok) return { problems: [...read.problems], added: [], changed: [], unchanged: 0, version: null, applied: false }
      const { catalogue } = read
      const done = dryRun ? compare(store.read, catalogue) : keep(by, catalogue)
      return { problems: [], ...done, version: catalogue.version, applied: !dryRun }
    },
    export: async (as) => {
      const { procedures, day } = inForce()
      const file: CatalogueFile = { format: 'mot-cua/catalogue-1', version: newestVersion(procedures), issuedAt: day, origin: ward().name, procedures: [...procedures] }
      return as === 'json'
        ? { bytes: Buffer.from(exportJson(file), 'utf8'), type: 'application/json' }
        : { bytes: await exportXlsx(file), type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' }
    },
    ensureShipped: (read) => {
      const kept = store.read.get('SELECT count(*) AS n FROM procedure_version', [], (row) => row.integer('n')) ?? 0
      if (kept === 0) keep('system', read())
    },
  }
}
