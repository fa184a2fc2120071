import { v7 } from 'uuid'
import { toCivil } from '@contract/civil-time'
import type { Address, DisplayWish } from '@contract/display'
import { AppError, ERRORS } from '@contract/errors'
import { type DraftId, Instant } from '@contract/ids'
import type { DraftPerson } from '@contract/person'
import type { Settings } from '@contract/settings'
import type { Audit } from '../audit'
import { fees, referenceOf, transferAccount, transferOf } from '../fees'
import type { Ratings } from '../feedback'
import { addressOf, checkFacts, type ConsentSheet, digestOfSheet, insertConfirmation, insertConsent, type Offer, sheetInForce, substanceOf } from '../hall'
import { type Actor, civilDateOf, type Intake, readDossier } from '../intake'
import { codeParts } from '../paperwork'
import type { Catalogue } from '../procedures'
import type { Clock, Store, WriteTx } from '../storage'
import { countPapers, dossierOfDraft } from './confirmed'

export type OfferDeps = Readonly<{
  store: Store
  audit: Audit
  clock: Clock
  intake: Intake
  catalogue: Catalogue
  settings(): Settings
  practice: boolean
  sheets(): readonly ConsentSheet[]
  ratings(): Promise<Pick<Ratings, 'keep' | 'refused' | 'isRated'>>
  /** The number that is being served here. */
  called(): Promise<string | null>
}>
type Wish<Kind extends DisplayWish['kind']> = Extract<DisplayWish, { kind: Kind }>

const notReady = (): AppError => new AppError(ERRORS.hall.notReadyToShow)

/** Makes what an officer wishes to show out of the counter's own data. Each throws AppError MH-003 when there is nothing to show yet. */
export function createOffers(deps: OfferDeps) {
  const { store, audit, clock, intake, catalogue, settings } = deps
  const today = (): string => toCivil(clock.now()).date
  const now = (): Instant => Instant.parse(clock.now().toISOString())
  const spokenTo = (person: DraftPerson): Address => addressOf(person.sex, civilDateOf(person.birthDate), today())
  const addressIn = (draftId: DraftId | null): Address => (draftId === null ? 'quý vị' : spokenTo(intake.open(draftId).content.applicant))
  const told = (tx: WriteTx, actor: Actor, action: string, draftId: DraftId | null, detail: Readonly<Record<string, string | number | boolean>>): void =>
    void audit.append(tx, { actor: actor.id, action, ...(draftId !== null && { subject: { type: 'draft', id: draftId } }), detail })

  /** What is open now, and what tells its payment on the statement without naming anybody; null where nothing is. */
  const owedOf = ({ draftId, dossierId }: Wish<'pay'>): { draftId: DraftId | null; amount: number; reference: string } | null => {
    const dossier = dossierId !== undefined ? readDossier(store.read, dossierId) : draftId === undefined ? null : dossierOfDraft(store.read, draftId)
    if (dossier) {
      const amount = fees.openOf(store.read, dossier.id, dossier.body.fee.total)
      return amount === 0 ? null : { draftId: draftId ?? null, amount, reference: referenceOf(dossier.code) }
    }
    if (draftId === undefined) return null
    const { fee } = intake.open(draftId)
    // The end of a draft's id is random. A dossier has day and number.
    return !fee || fee.needsAmount || fee.total === 0 ? null : { draftId, amount: fee.total, reference: draftId.slice(-8).toUpperCase() }
  }

  return {
    check: (actor: Actor, { draftId }: Wish<'check'>): Offer => {
      const { content, fee, appointment } = intake.open(draftId)
      const papers = countPapers(store.read, draftId)
      const procedure = content.procedure && catalogue.get(content.procedure.code, content.procedure.version)
      const facts = procedure && checkFacts({ content, procedure, papers, fee, appointment: appointment?.dueAt ?? null, unitName: settings().ward.unitName })
      if (!facts) throw notReady()
      const address = spokenTo(content.applicant)
      const digest = substanceOf(content, papers, fee)
      return {
        draftId,
        page: (id) => ({ kind: 'check', id, address, facts, sign: true }),
        officer: (since) => ({ kind: 'check', draftId, since, facts }),
        take: (answer, showing) => {
          if (answer.kind === 'wrong') {
            store.write((tx) => told(tx, actor, 'citizen.refused', draftId, {}))
            return { words: 'sent-back', outcome: 'wrong', signed: false }
          }
          if (answer.kind !== 'right') return null
          const { signature } = answer
          store.write((tx) => {
            insertConfirmation(tx, { id: v7(), draftId, showing, digest, facts, signature, at: now(), officerId: actor.id })
            told(tx, actor, 'citizen.confirmed', draftId, { signed: signature !== null })
          })
          return { words: signature === null ? 'received' : 'signed', outcome: 'right', signed: signature !== null }
        },
      }
    },

    consent: (actor: Actor, { sheet: code, draftId }: Wish<'consent'>): Offer => {
      const sheet = sheetInForce(deps.sheets(), code, today())
      if (!sheet) throw notReady()
      const { title, paragraphs, sign, version } = sheet
      const address = addressIn(draftId)
      return {
        draftId,
        page: (id) => ({ kind: 'consent', id, address, sheet: code, title, paragraphs, sign }),
        officer: (since) => ({ kind: 'consent', sheet: code, title, since }),
        take: (answer, showing) => {
          if (answer.kind !== 'agree' && answer.kind !== 'decline') return null
          const agreed = answer.kind === 'agree'
          const signature = answer.kind === 'agree' ? answer.signature : null
          store.write((tx) => {
            insertConsent(tx, { id: v7(), sheet: code, version, digest: digestOfSheet(sheet), showing, agreed, signature, draftId, at: now(), officerId: actor.id })
            told(tx, actor, agreed ? 'consent.given' : 'consent.declined', draftId, { sheet: code, version, ...(agreed && { signed: signature !== null }) })
          })
          return { words: agreed ? 'consented' : 'refused', outcome: answer.kind, signed: signature !== null }
        },
      }
    },

    pay: async (wish: Wish<'pay'>): Promise<Offer> => {
      const owed = owedOf(wish)
      const account = transferAccount(settings(), deps.practice)
      if (!owed || !account) throw notReady()
      const { draftId, amount, reference } = owed
      const { payload, ...offer } = transferOf(account, amount, reference, deps.practice)
      const { qrPicture } = await codeParts()
      const qr = qrPicture(payload)
      return {
        draftId,
        page: (id) => ({ kind: 'pay', id, ...offer, qr }),
        officer: (since) => ({ kind: 'pay', amount, since }),
        take: () => null,
      }
    },

    rating: async ({ dossierId }: Wish<'rating'>): Promise<Offer> => {
      const ratings = await deps.ratings()
      const dossier = dossierId === null ? null : readDossier(store.read, dossierId)
      if (dossierId !== null && ratings.isRated(dossierId)) throw notReady()
      const person = dossier?.body.applicant
      const address = addressOf(person?.sex ?? null, person?.birthDate ?? null, today())
      const asked = { channel: 'display' as const, dossierId, ticketLabel: await deps.called() }
      return {
        draftId: null,
        page: (id) => ({ kind: 'rating', id, address, subject: (dossier?.body.procedureName ?? '').slice(0, 200) }),
        officer: (since) => ({ kind: 'rating', since }),
        take: (answer) => {
          if (answer.kind === 'leave') ratings.refused(asked)
          if (answer.kind !== 'rated') return null
          const { stars, reasons, comment } = answer
          ratings.keep({ ...asked, stars, reasons, comment })
          return { words: 'rated', outcome: 'rated', signed: false }
        },
      }
    },
  }
}
