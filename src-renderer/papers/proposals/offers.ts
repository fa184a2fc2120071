import type { DraftContent } from '@contract/draft'
import type { FieldProposal, PageView } from '@contract/pages'
import { currentOf, type Fact, fieldOf, namesAnother, sameFact, type Target, targetOf, valueOf } from './where'

/** Why a value should be looked at twice. The numbers' doubts carry the codes of the core (`number-sex`). */
export type Doubt = 'unsure' | 'repaired' | 'no-marks' | 'no-check' | 'other-person' | 'number-form' | 'number-birth-year' | 'number-sex' | 'number-province'

/** A value that was read, as it is offered to the officer. */
export type Offer = Readonly<{
  key: string
  proposal: FieldProposal
  role: string
  part: string
  /** As it is shown, and as the draft will hold it; a sex as its code. */
  value: string
  target: Target | null
  /** What stands in that field now, when it is something else. */
  current: string
  doubts: readonly Doubt[]
}>

/** Offers about one person on one page. */
export type OfferGroup = Readonly<{ key: string; page: PageView; /** Of its component, from 1. */ number: number; form: string | null; role: string; offers: readonly Offer[] }>

/** Below this a value is worth a second look. */
export const SURE = 0.8

const KNOWN: ReadonlySet<string> = new Set<Doubt>(['number-form', 'number-birth-year', 'number-sex', 'number-province'])
const isDoubt = (code: string): code is Doubt => KNOWN.has(code)

/** In the order in which a counter asks. */
const ORDER: readonly string[] = ['fullName', 'idNumber', 'birthDate', 'birthYear', 'sex', 'residence', 'phone', 'email', 'nationality', 'ethnicity', 'birthPlace', 'hometown', 'identityPaper', 'relation', 'maritalStatus', 'purpose', 'request', 'number', 'registeredAt', 'registeredOn', 'diedOn', 'diedAt', 'expiresOn']
const ROLES: readonly string[] = ['applicant', 'subject', 'mother', 'father', 'husband', 'wife', 'householder', 'document']
const placeIn = (order: readonly string[], name: string): number => (order.includes(name) ? order.indexOf(name) : order.length)

function doubtsOf(proposal: FieldProposal, target: Target | null, content: DraftContent, all: readonly FieldProposal[]): readonly Doubt[] {
  const { origin, confidence } = proposal
  const isName = fieldOf(proposal).part === 'fullName'
  const doubts: (Doubt | false)[] = origin.kind === 'mrz'
    ? [isName ? 'no-marks' : !origin.checked && 'no-check', origin.repaired > 0 && 'repaired']
    : [confidence < SURE && 'unsure', origin.repaired && 'repaired', ...origin.doubts.filter(isDoubt)]
  return [...doubts, target !== null && namesAnother(proposal, target, content, all) && ('other-person' as const)].filter((doubt) => doubt !== false)
}

/** A refused value stays refused on whatever page it is read again. */
export const refusalOf = ({ field, value }: Pick<FieldProposal, 'field' | 'value'>): string => JSON.stringify([field, value])

function offerOf(proposal: FieldProposal, content: DraftContent, all: readonly FieldProposal[]): Offer | null {
  const target = targetOf(proposal, content, all)
  const current = target ? currentOf(content, target) : ''
  if (target && sameFact(target.fact, current, proposal)) return null
  return { key: `${proposal.pageId} ${refusalOf(proposal)}`, proposal, ...fieldOf(proposal), value: valueOf(proposal), target, current, doubts: doubtsOf(proposal, target, content, all) }
}

const sameOffer = (left: Offer, right: Offer): boolean =>
  left.target !== null && left.target.who === right.target?.who && left.target.fact === right.target.fact && sameFact(left.target.fact, left.value, right.proposal)

/** Of a name with its marks and the same one without, or of one value on two papers, the one with more to it. */
const withoutRepeats = (offers: readonly Offer[]): Offer[] => offers.filter((offer, at) => !offers.some((other, index) => index !== at && sameOffer(other, offer) && (!sameOffer(offer, other) || index < at)))

/**
 * What was read, as offers: by page and person, in the order in which a counter asks. What the draft already says is left out, and
 * what the officer refused; those that fill a field of the draft stand before those that can only be copied.
 * @param proposals the surest first
 * @param pages that count, in their order
 */
export function offersOf(proposals: readonly FieldProposal[], pages: readonly PageView[], content: DraftContent, refused: ReadonlySet<string>): OfferGroup[] {
  const open = proposals.filter((proposal) => !refused.has(refusalOf(proposal))).map((proposal) => offerOf(proposal, content, proposals)).filter((offer) => offer !== null)
  const offers = withoutRepeats(open)
  const groups = pages.flatMap((page) => ROLES.flatMap((role) => {
    const own = offers.filter((offer) => offer.proposal.pageId === page.id && offer.role === role).sort((left, right) => placeIn(ORDER, left.part) - placeIn(ORDER, right.part))
    const form = own.map(({ proposal: { origin } }) => (origin.kind === 'form' ? origin.form : null)).find((name) => name !== null) ?? null
    return own.length === 0 ? [] : [{ key: `${page.id} ${role}`, page, number: pages.filter(({ component, ordinal }) => component === page.component && ordinal <= page.ordinal).length, form, role, offers: own }]
  }))
  const fills = (group: OfferGroup): boolean => group.offers.some(({ target }) => target !== null)
  return [...groups.filter(fills), ...groups.filter((group) => !fills(group))]
}

/** The offers in the order in which they are shown. */
export const inOrder = (groups: readonly OfferGroup[]): readonly Offer[] => groups.flatMap(({ offers }) => offers)

export type { Fact }
