import { randomBytes } from 'node:crypto'
import { type Confirmation, type DisplayFrame, type DisplayState, type DisplayWish, ShowingId } from '@contract/display'
import type { DraftId } from '@contract/ids'
import { type ConsentSheet, createDisplay, type Display, newestConfirmation, type Offer, openingHours, type Place, readConsentSheets, waitingNotices } from '../hall'
import type { Actor, WorkCalendar } from '../intake'
import { dossierOfDraft, substanceOfDraft } from './confirmed'
import { createOffers, type OfferDeps } from './display-offers'
import type { Live } from './live'

/** The number called here, and who is next; undefined where nobody opened the queue. */
type Numbers = Readonly<{ label: string | null; next: readonly string[] }>

/** The citizen's display of this counter. */
export type DisplayOffice = Readonly<{
  desk: Display
  /** `ahead`: for the window that is just being turned around. @throws AppError MH-002, MH-003, HS-001 */
  show(actor: Actor, wish: DisplayWish, ahead?: boolean): Promise<DisplayState>
  confirmation(draftId: DraftId): Confirmation | null
  /** What a window shows now; `turned` when it lies over the officer's. */
  frame(place: Place, turned: boolean): Promise<DisplayFrame>
  close(): void
}>

type Deps = Omit<OfferDeps, 'called' | 'sheets'> & Readonly<{
  /** A result to sign for. @throws AppError HS-004, KQ-001 … KQ-006 */
  handOver(actor: Actor, wish: Extract<DisplayWish, { kind: 'handover' }>): Promise<Offer>
  resourcesFolder: string; live: Live; calendar(): WorkCalendar; numbers(): Promise<Numbers | undefined>
}>

const TRIAL_DIGITS = 6
const MOST_NEXT = 5

export function openDisplayOffice(deps: Deps): DisplayOffice {
  const { store, clock, live, intake, settings, calendar, numbers, practice } = deps
  let sheets: readonly ConsentSheet[] | undefined
  const desk = createDisplay({
    clock,
    newId: () => ShowingId.parse(randomBytes(16).toString('hex')),
    after: (ms, act) => {
      const timer = setTimeout(act, ms).unref()
      return () => clearTimeout(timer)
    },
    changed: () => live.emit({ kind: 'display' }),
  })
  const offers = createOffers({ ...deps, called: async () => (await numbers())?.label ?? null, sheets: () => (sheets ??= readConsentSheets(deps.resourcesFolder)) })

  /** Of an open draft as the rules quote it now, of a dossier as it was frozen. */
  const substanceNow = (draftId: DraftId): string | null =>
    substanceOfDraft(store.read, draftId, dossierOfDraft(store.read, draftId)?.body.fee ?? intake.open(draftId).fee)
  const waiting = (called: Numbers | undefined): Extract<DisplayFrame['page'], { kind: 'waiting' }> => {
    const { hall, workingHours } = settings()
    return { kind: 'waiting', called: called?.label ?? null, next: called?.next.slice(0, MOST_NEXT) ?? [], notices: waitingNotices(clock.now(), calendar(), hall.notices), hours: openingHours(workingHours) }
  }

  return {
    desk,
    show: async (actor, wish, ahead = false) => {
      if (wish.kind === 'pin-trial') {
        // Compared with each other and thrown away.
        void desk.askPin({ purpose: 'trial', digits: TRIAL_DIGITS, birthDate: null, tries: null, address: 'quý vị', draftId: null, consume: () => Promise.resolve('ok') }, ahead)
      } else {
        const offer = wish.kind === 'check' ? offers.check(actor, wish) : wish.kind === 'consent' ? offers.consent(actor, wish)
          : wish.kind === 'pay' ? await offers.pay(wish) : wish.kind === 'rating' ? await offers.rating(wish) : await deps.handOver(actor, wish)
        desk.show(offer, ahead)
      }
      return desk.state()
    },
    confirmation: (draftId) => {
      const kept = newestConfirmation(store.read, draftId)
      if (!kept) return null
      const { at, signature, digest } = kept
      return { at, signed: signature !== null, current: substanceNow(draftId) === digest, signature }
    },
    frame: async (place, turned) => {
      const called = await numbers()
      const { ward, counter } = settings()
      return { ward: ward.name, unit: ward.unitName, counter: counter.name, called: called?.label ?? null, practice, page: place.page() ?? waiting(called), turned }
    },
    close: desk.clear,
  }
}
