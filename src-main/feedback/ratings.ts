import { classifyScan, slipText } from '@contract/codes'
import { RATING_REASONS, type RatingReason } from '@contract/display'
import { AppError, ERRORS } from '@contract/errors'
import { type RatingChannel, type RatingId, SlipToken } from '@contract/feedback'
import type { DossierId } from '@contract/ids'
import type { LiveEvent } from '@contract/calls-live'
import type { Audit } from '../audit'
import { type Clock, type Reader, type Store, type WriteTx } from '../storage'
import { newRatingId, newSlipToken } from './ids'
import { plainText } from './plain-text'

/** What somebody thinks of how they were served. A dossier is rated once; without one the ticket's label says which visit it was. */
export type NewRating = Readonly<{
  channel: RatingChannel
  dossierId: DossierId | null
  ticketLabel: string | null
  /** 1 … 5 */
  stars: number
  reasons: readonly RatingReason[]
  /** Hostile text: kept as plain text. */
  comment: string
}>
type Asked = Pick<NewRating, 'channel' | 'dossierId' | 'ticketLabel'>

/** `text` is what the QR holds. */
export type Slip = Readonly<{ token: SlipToken; text: string; used: boolean }>
/** `subject` is the name of the procedure: no personal data. */
export type SlipOwner = Readonly<{ token: SlipToken; dossierId: DossierId; subject: string; rated: boolean }>

export type Ratings = Readonly<{
  /** Uses up the dossier's slip. `by`: the account's id when an officer was told it. @throws AppError PA-005 when this dossier was rated already; HS-004 no such dossier */
  keep(rating: NewRating, by?: string): RatingId
  /** Asked, and would not. Nothing happens when the dossier was rated or refused already. */
  refused(asked: Asked, by?: string): void
  isRated(dossierId: DossierId): boolean
  /** A refusal is none any more once the dossier is rated. */
  standingOf(dossierId: DossierId): Readonly<{ rated: boolean; refused: boolean }>
  /** The slip of a dossier: always the same. @throws AppError HS-004 */
  slipFor(dossierId: DossierId): Slip
  /** Whom a slip belongs to; `text` is what a reader gave, with or without the prefix. @throws AppError PA-004 */
  bySlip(text: string): SlipOwner
  /** Rates by a slip and uses it up. @throws AppError PA-004, PA-005 */
  keepBySlip(text: string, rating: Pick<NewRating, 'stars' | 'reasons' | 'comment'>): RatingId
}>

export type RatingsDeps = Readonly<{ store: Store; audit: Audit; clock: Clock; changed(event: LiveEvent): void }>

const MAX_COMMENT = 1000

const isRated = (reader: Reader, dossierId: string): boolean =>
  reader.get('SELECT 1 AS hit FROM rating WHERE dossier_id = ? AND refused = 0', [dossierId], (row) => row.integer('hit')) !== undefined

const isRefused = (reader: Reader, dossierId: string): boolean =>
  reader.get('SELECT 1 AS hit FROM rating WHERE dossier_id = ? AND refused = 1', [dossierId], (row) => row.integer('hit')) !== undefined

const isKnown = (reader: Reader, dossierId: string): boolean =>
  reader.get('SELECT 1 AS hit FROM dossier WHERE id = ?', [dossierId], (row) => row.integer('hit')) !== undefined

function insert(tx: WriteTx, deps: RatingsDeps, { channel, dossierId, ticketLabel, stars, reasons, comment }: NewRating, by = 'system'): RatingId {
  if (dossierId !== null && !isKnown(tx, dossierId)) throw new AppError(ERRORS.intake.dossierNotFound)
  if (dossierId !== null && isRated(tx, dossierId)) throw new AppError(ERRORS.feedback.alreadyRated)
  const id = newRatingId()
  const at = deps.clock.now().toISOString()
  const ticked = RATING_REASONS.filter((reason) => reasons.includes(reason))
  tx.run(
    'INSERT INTO rating (id, channel, dossier_id, ticket_label, refused, stars, reasons, comment, at) VALUES (?, ?, ?, ?, 0, ?, ?, ?, ?)',
    [id, channel, dossierId, ticketLabel, stars, JSON.stringify(ticked), plainText(comment, MAX_COMMENT), at],
  )
  if (dossierId !== null) tx.run('UPDATE rating_slip SET used_at = ? WHERE dossier_id = ? AND used_at IS NULL', [at, dossierId])
  deps.audit.append(tx, { actor: by, action: 'rating.kept', subject: { type: 'rating', id }, detail: { channel, stars } })
  return id
}

function insertRefusal(tx: WriteTx, deps: RatingsDeps, { channel, dossierId, ticketLabel }: Asked, by = 'system'): void {
  if (dossierId !== null && (!isKnown(tx, dossierId) || isRated(tx, dossierId) || isRefused(tx, dossierId))) return
  const id = newRatingId()
  tx.run(
    "INSERT INTO rating (id, channel, dossier_id, ticket_label, refused, reasons, comment, at) VALUES (?, ?, ?, ?, 1, '[]', '', ?)",
    [id, channel, dossierId, ticketLabel, deps.clock.now().toISOString()],
  )
  deps.audit.append(tx, { actor: by, action: 'rating.refused', subject: { type: 'rating', id }, detail: { channel } })
}

/** Of what a reader gave; a slip of another kind is none. */
function tokenOf(text: string): SlipToken {
  const code = classifyScan(text)
  const found = SlipToken.safeParse(code.kind === 'rating-slip' ? code.token : text.trim().toUpperCase())
  if (!found.success) throw new AppError(ERRORS.feedback.slipUnknown)
  return found.data
}

function readOwner(reader: Reader, text: string): SlipOwner {
  const owner = reader.get(
    `SELECT s.token, s.dossier_id, p.name FROM rating_slip s JOIN dossier d ON d.id = s.dossier_id
     JOIN procedure_version p ON p.code = d.procedure_code AND p.version = d.procedure_version WHERE s.token = ?`, [tokenOf(text)],
    (row) => ({ token: row.text<SlipToken>('token'), dossierId: row.text<DossierId>('dossier_id'), subject: row.text('name') }),
  )
  if (owner === undefined) throw new AppError(ERRORS.feedback.slipUnknown)
  return { ...owner, rated: isRated(reader, owner.dossierId) }
}

function makeSlip(tx: WriteTx, clock: Clock, dossierId: DossierId): SlipToken {
  if (!isKnown(tx, dossierId)) throw new AppError(ERRORS.intake.dossierNotFound)
  tx.run('INSERT INTO rating_slip (token, dossier_id, made_at) VALUES (?, ?, ?) ON CONFLICT (dossier_id) DO NOTHING', [newSlipToken(), dossierId, clock.now().toISOString()])
  const token = tx.get('SELECT token FROM rating_slip WHERE dossier_id = ?', [dossierId], (row) => row.text<SlipToken>('token'))
  if (token === undefined) throw new Error('a slip that was not kept')
  return token
}

/** Ratings at hand-over: kept for good, once a dossier. */
export function createRatings(deps: RatingsDeps): Ratings {
  const { store, clock, changed } = deps
  const news = (): void => changed({ kind: 'feedback' })
  return {
    keep: (rating, by) => {
      const id = store.write((tx) => insert(tx, deps, rating, by))
      news()
      return id
    },
    refused: (asked, by) => {
      store.write((tx) => insertRefusal(tx, deps, asked, by))
      news()
    },
    isRated: (dossierId) => isRated(store.read, dossierId),
    standingOf: (dossierId) => {
      const rated = isRated(store.read, dossierId)
      return { rated, refused: !rated && isRefused(store.read, dossierId) }
    },
    slipFor: (dossierId) => {
      const token = store.write((tx) => makeSlip(tx, clock, dossierId))
      return { token, text: slipText(token), used: isRated(store.read, dossierId) }
    },
    bySlip: (text) => readOwner(store.read, text),
    keepBySlip: (text, rating) => {
      const id = store.write((tx) => {
        const { dossierId } = readOwner(tx, text)
        return insert(tx, deps, { ...rating, channel: 'slip', dossierId, ticketLabel: null })
      })
      news()
      return id
    },
  }
}
