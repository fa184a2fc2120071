import { classifyScan } from '@contract/codes'
import type { ResultRole } from '@contract/display'
import type { DossierView, SearchHit } from '@contract/dossier'
import { AppError, ERRORS, type ErrorCode } from '@contract/errors'
import { type DossierId, Instant } from '@contract/ids'
import type { Collector, ResultDesk, WaitingResult } from '@contract/results'
import { type Actor, type DossierRow, moveDossier, readDossier } from '../intake'
import type { Reader } from '../storage'
import { createOffer } from './offer'
import type { ResultsDeps } from './ports'
import { barsOf, faultOf, type HandOver, isOnChip, personOf, type Standing, shownPeople, signerOf, whoIs } from './rules'
import { cameInto, findReturn, insertReturn, type NewReturn, waitingResults, wasStopped } from './rows'
import type { Signatures } from './signatures'
import { noteOf } from './words'

export type Results = Readonly<{
  waiting(delivery: 'all' | 'counter' | 'post', limit: number): WaitingResult[]
  /** By code, QR, barcode, last digits, number or name. What waits to be handed over comes first. */
  find(query: string): SearchHit[]
  /** @throws AppError HS-004 */
  desk(actor: Actor, id: DossierId): ResultDesk
  /** @throws AppError HS-004 */
  isWho(id: DossierId, idNumber: string): Readonly<{ role: ResultRole; name: string }> | null
  /** The display's page to sign for it. @throws AppError HS-004, KQ-001 … KQ-006 */
  offer: ReturnType<typeof createOffer>
  /**
   * `stillHere` is asked after the chip was looked at, which takes a while.
   * @throws AppError HS-002, HS-004, THE-014, KQ-001 … KQ-007, and what `stillHere` throws
   */
  handOver(actor: Actor, input: HandOver & Readonly<{ dossierId: DossierId; version: number }>, stillHere: () => void): Promise<DossierView>
}>

const MOST_FOUND = 50
const READY = 9

/** Handing results over: finding, what is in the way, and the act that closes a dossier. */
export function createResults(deps: ResultsDeps): Results {
  const { store, intake, clock, signatures } = deps
  const standing = (reader: Reader, row: DossierRow): Standing => standingOf(reader, row, deps.openFee(reader, row.id, row.body.fee.total))
  const mustBeFree = (reader: Reader, row: DossierRow): void => {
    const [bar] = barsOf(standing(reader, row))
    if (bar) throw new AppError(bar.code, bar.params)
  }
  return {
    offer: createOffer(deps, (id) => mustBeFree(store.read, readDossier(store.read, id))),
    waiting: (delivery, limit) => waitingResults(store.read, delivery, limit),
    find: (query) => {
      const hits = intake.search(wordsOf(query), MOST_FOUND)
      return [...hits.filter(({ state }) => state === READY), ...hits.filter(({ state }) => state !== READY)]
    },
    desk: (actor, id) => {
      const row = readDossier(store.read, id)
      const { body, version } = row
      const now = standing(store.read, row)
      const drawn = signatures.of(id, actor.id, clock.now())
      return {
        hit: hitOf(intake.get(id)), version, resultName: body.resultName, readyAt: cameInto(store.read, id, READY) ?? null, delivery: body.delivery, people: shownPeople(body),
        open: now.open, bars: barsOf(now), returned: findReturn(store.read, id) ?? null, signed: drawn && { at: drawn.at, by: drawn.by },
      }
    },
    isWho: (id, idNumber) => whoIs(readDossier(store.read, id).body, idNumber),
    handOver: async (actor, input, stillHere) => {
      const { dossierId, version, collector } = input
      const asked = readDossier(store.read, dossierId)
      mustBeRight(faultOf(input, asked.body, asked.body.delivery.method))
      await mustBeOnChip(collector, asked, deps)
      stillHere()
      const moment = clock.now()
      store.write((tx) => {
        const row = readDossier(tx, dossierId)
        if (row.version !== version) throw new AppError('HS-002')
        mustBeFree(tx, row)
        const taken = returnOf(input, row, actor, moment, signatures)
        insertReturn(tx, taken)
        moveDossier(tx, deps, actor, {
          dossierId, version, to: 10, note: noteOf(taken), at: taken.at,
          audit: { action: 'result.handed-over', detail: { how: taken.how, checked: taken.checked, signed: taken.signed } },
        })
      })
      signatures.drop(dossierId)
      deps.changed({ kind: 'dossier', id: dossierId })
      deps.changed({ kind: 'sync' })
      return intake.get(dossierId)
    },
  }
}

function mustBeRight(fault: ErrorCode | null): void {
  if (fault !== null) throw new AppError(fault)
}

/** Told by the core's own reading, not by the window's word. */
async function mustBeOnChip(collector: Collector, { body }: DossierRow, { chipNumber }: ResultsDeps): Promise<void> {
  if (collector.how === 'post' || collector.reading === null) return
  if (!isOnChip(collector, body, await chipNumber(collector.reading))) throw new AppError(ERRORS.results.notThatPerson)
}

function standingOf(reader: Reader, { id, state }: DossierRow, open: number): Standing {
  const ours = findReturn(reader, id)
  // Another counter, or the city, may have handed it over.
  const theirs = state === 10 ? cameInto(reader, id, 10) : undefined
  return { state, stopped: wasStopped(reader, id), open, returnedAt: ours?.at ?? theirs ?? null }
}

/** @throws AppError KQ-005 when the display holds no signature of this person for this dossier, KQ-006 */
function returnOf({ dossierId, collector, signed, note }: HandOver & Readonly<{ dossierId: DossierId }>, { body }: DossierRow, actor: Actor, moment: Date, signatures: Signatures): NewReturn {
  const signer = signerOf(collector)
  const drawn = signed === 'pad' && signer ? signatures.by(dossierId, actor.id, signer, moment) : null
  if (signed === 'pad' && !drawn) throw new AppError(ERRORS.results.notSigned)
  const rest = { dossierId, signed, signature: drawn?.signature ?? null, showing: drawn?.showing ?? null, note, at: Instant.parse(moment.toISOString()), officerId: actor.id }
  if (collector.how === 'post') return { ...rest, how: 'post', name: collector.name, idNumber: null, authority: null, tracking: orNull(collector.tracking), checked: 'post' }
  const { how, checked } = collector
  if (how === 'authorised') return { ...rest, how, checked, name: collector.name, idNumber: orNull(collector.idNumber), authority: collector.authority, tracking: null }
  const person = personOf(body, collector.role)
  if (!person) throw new AppError(ERRORS.results.notThatPerson)
  return { ...rest, how, checked, name: person.fullName, idNumber: person.idNumber ?? null, authority: null, tracking: null }
}

const orNull = (text: string | null): string | null => (text === '' ? null : text)

/** What is looked for: a code as it is printed, the number on a card, else what was typed. */
function wordsOf(query: string): string {
  const code = classifyScan(query)
  if (code.kind === 'dossier') return code.code
  return code.kind === 'card' ? code.text.slice(0, 12) : query.slice(0, 400)
}

function hitOf(view: DossierView): SearchHit {
  const { id, code, codeIsProvisional, applicantName, procedureCode, procedureName, receivedAt, dueAt, state, submission, applicant } = view
  return {
    id, code, codeIsProvisional, applicantName, procedureCode, procedureName, receivedAt, dueAt, state, submission,
    maskedId: applicant.idNumber ?? null, maskedPhone: applicant.phone ?? null, onPaper: false,
  }
}
