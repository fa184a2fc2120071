import { addMonths } from '@contract/civil-time'
import { NO_EXPIRY, toMrzDate } from './mrz-dates'

/** A possible expiry date of a card; `expiresAt` null is a card that does not expire, `mrz` how it is written there. */
export type ExpiryCandidate = Readonly<{ expiresAt: string | null; mrz: string }>

export type CardFacts = Readonly<{ birthDate: string; /** From the QR; null when unknown. */ issuedAt: string | null; today: string }>

/** Tries that a chip is given per insertion: after more it answers more slowly. */
export const MOST_TRIES = 3

/** Ages at which a card must be changed: 2014 law, article 21; the 2023 law, article 21, adds 14 for those who got one as children. */
const AGES_2014 = [25, 40, 60] as const
const AGES_2023 = [14, ...AGES_2014] as const
const LAW_2023_FROM = '2024-07-01'
const FIRST_CHIP_CARDS = '2021-01-01'
/** A card made within so many months before such an age is valid to the next one. */
const GRACE_MONTHS = 24
const NEVER = 'never'
/** The other way in which a card without an expiry date could write that; tried last, no such card was seen yet. */
const FILLED: ExpiryCandidate = { expiresAt: null, mrz: '<<<<<<' }

/** Birthdays that a card may end at. A child of 29 February has two in a year without that day: the law's (28th) first. */
function birthdays(birthDate: string, age: number): string[] {
  const day = addMonths(birthDate, age * 12)
  if (!birthDate.endsWith('-02-29') || day.endsWith('-29')) return [day]
  return [day, `${day.slice(0, 4)}-03-01`]
}

const birthday = (birthDate: string, age: number): string => addMonths(birthDate, age * 12)

type End = number | typeof NEVER

/** Ages at which a card may end, youngest first, then never. */
const ends = (issuedAt: string): readonly End[] => [...(issuedAt >= LAW_2023_FROM ? AGES_2023 : AGES_2014), NEVER]

/** From this day on a card is no longer made to end at that age. */
const closedFrom = (birthDate: string, age: number): string => addMonths(birthday(birthDate, age), -GRACE_MONTHS)

/** The age at which a card of this day of issue ends, by the law in force on that day. */
function endOf(birthDate: string, issuedAt: string): End {
  return ends(issuedAt).find((end) => end === NEVER || issuedAt < closedFrom(birthDate, end)) ?? NEVER
}

function asCandidates(birthDate: string, end: End): ExpiryCandidate[] {
  if (end === NEVER) return [{ expiresAt: null, mrz: NO_EXPIRY }]
  return birthdays(birthDate, end).map((expiresAt) => ({ expiresAt, mrz: toMrzDate(expiresAt) }))
}

const days = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 86_400_000

/** Neighbouring ends of a card whose day of issue is known, the one across the nearer limit first. */
function neighbours(birthDate: string, issuedAt: string, end: End): End[] {
  const all: readonly End[] = [...AGES_2023, NEVER]
  const at = all.indexOf(end)
  const away = (limit: End | undefined): number => (typeof limit === 'number' ? Math.abs(days(closedFrom(birthDate, limit), issuedAt)) : Number.POSITIVE_INFINITY)
  const sides = [...all.slice(Math.max(0, at - 1), at).map((other) => ({ other, away: away(other) })), ...all.slice(at + 1, at + 2).map((other) => ({ other, away: away(end) }))]
  return sides.sort((one, two) => one.away - two.away).map(({ other }) => other).filter((other) => other === NEVER || birthday(birthDate, other) > issuedAt)
}

/** Ends of a card whose day of issue is unknown: those not yet past first, then by the time in which such cards were made. */
function endsUntil(birthDate: string, today: string): End[] {
  const limits = [birthDate, FIRST_CHIP_CARDS, LAW_2023_FROM, ...AGES_2023.map((age) => closedFrom(birthDate, age))]
    .filter((day) => day >= FIRST_CHIP_CARDS && day >= birthDate && day <= today)
    .sort()
  const spans = new Map<End, number>()
  limits.forEach((from, index) => {
    const isChildBefore2023Law = from < LAW_2023_FROM && from < birthday(birthDate, 14)
    if (isChildBefore2023Law) return
    const end = endOf(birthDate, from)
    spans.set(end, (spans.get(end) ?? 0) + days(from, limits[index + 1] ?? today) + 1)
  })
  const isOver = (end: End): boolean => end !== NEVER && birthday(birthDate, end) < today
  return [...spans].sort(([one, first], [other, second]) => Number(isOver(one)) - Number(isOver(other)) || second - first).map(([end]) => end)
}

/**
 * Expiry dates that a card may have, likeliest first, at most three. The QR does not hold the date and the chip's key needs it (`eid.md` D.1):
 * a card ends at the birthday of the next age at which it must be changed, or the one after it when made within two years before;
 * from 58 on it does not end. Dates are `YYYY-MM-DD`.
 */
export function expiryCandidates({ birthDate, issuedAt, today }: CardFacts): ExpiryCandidate[] {
  const first = issuedAt === null ? null : endOf(birthDate, issuedAt)
  const order = first === null || issuedAt === null ? endsUntil(birthDate, today) : [first, ...neighbours(birthDate, issuedAt, first)]
  const found = order.flatMap((end) => asCandidates(birthDate, end))
  return [...found, ...(order.includes(NEVER) ? [FILLED] : [])].slice(0, MOST_TRIES)
}
