import { v7 } from 'uuid'
import { toCivil } from '@contract/civil-time'
import type { Address, DisplayWish } from '@contract/display'
import { AppError, ERRORS } from '@contract/errors'
import { type DraftId, Instant } from '@contract/ids'
import type { DraftPerson } from '@contract/person'
import type { Settings } from '@contract/settings'
import { plainPurpose, vietQr } from '@contract/vietqr'
import type { Audit } from '../audit'
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
/** A transfer in practice goes nowhere, whatever account the settings name. */
const PRACTICE_ACCOUNT = { bin: '000000', bank: 'Ngân hàng thực hành', number: '0000000000' }

/** Makes what an officer wishes to show out of the counter's own data. Each throws AppError MH-003 when there is nothing to show yet. */
export function createOffers(deps: OfferDeps) {
  const { store, audit, clock, intake, catalogue, settings } = deps
  const today = (): string => toCivil(clock.now()).date
  const now = (): Instant => Instant.parse(clock.now().toISOString())
  const spokenTo = (person: DraftPerson): Address => addressOf(person.sex, civilDateOf(person.birthDate), today())
  const addressIn = (draftId: DraftId | null): Address => (draftId === null ? 'quý vị' : spokenTo(intake.open(draftId).content.applicant))
  const told = (tx: WriteTx, actor: Actor, action: string, draftId: DraftId | null, detail: Readonly<Record<string, string | number | boolean>>): void =>
    void audit.append(tx, { actor: actor.id, action, ...(draftId !== null && { subject: { type: 'draft', id: draftId } }), detail })

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

    pay: async ({ draftId }: Wish<'pay'>): Promise<Offer> => {
      const dossier = dossierOfDraft(store.read, draftId)
      const fee = dossier ? dossier.body.fee : intake.open(draftId).fee
      const { payment, ward } = settings()
      const account = deps.practice ? { ...PRACTICE_ACCOUNT, holder: ward.name } : payment.account
      if (!fee || fee.needsAmount || fee.total === 0 || !account) throw notReady()
      const amount = fee.total
      // The end of a draft's id is random: it tells the payment on the statement without naming anybody. A dossier has day and number.
      const reference = dossier ? dossier.code.split('-').slice(-2).join('') : draftId.slice(-8).toUpperCase()
      const purpose = plainPurpose(`Le phi ho so ${reference}`)
      const { qrPicture } = await codeParts()
      const qr = qrPicture(vietQr({ bin: account.bin, account: account.number, amount, purpose }))
      const { bank, number, holder } = account
      return {
        draftId,
        page: (id) => ({ kind: 'pay', id, amount, purpose, account: { bank, number, holder }, qr, simulated: deps.practice }),
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
