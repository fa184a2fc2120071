import type { Verdict } from '@contract/draft'
import { fold } from '@contract/fold'
import { PLACE_ANSWERS, PLACE_QUESTION, type EligibilityAnswer, type EligibilityQuestion, type PlaceAnswer, type Procedure } from '@contract/procedures'
import { findProvince } from '../identity'
import { bareWard, placeOfAddress } from './address'

export interface ApplicantFacts {
  /** Address as typed or read from the card; may be empty or three-level. */
  readonly address: string
}

export interface WardIdentity {
  /** "Phường Tân Mỹ Hưng". */
  readonly name: string
  /** "Thành phố Hồ Chí Minh". */
  readonly province: string
  /** Names of the wards of before 01/07/2025 that went into this one, with their district: "Phường 9, Quận 14". */
  readonly formerNames?: readonly string[]
}

/** Question id → answer id; `null` = not asked yet (a list of procedures): judged by place alone. */
export type Answers = Readonly<Record<string, string>> | null

export type ReasonCode =
  | 'decision-anywhere' | 'reception-anywhere' | 'place-here' | 'place-elsewhere' | 'place-unknown' | 'police' | 'city' | 'questions-open' | 'answer'

export interface Reason {
  readonly code: ReasonCode
  /** The catalogue's own sentence; null when the code says it all. */
  readonly text: string | null
}

export interface OpenQuestion {
  readonly id: string
  readonly question: string
  /** `label` is null for the answers of the place question: `here`, `same-city`, `elsewhere`. */
  readonly answers: readonly { readonly id: string; readonly label: string | null }[]
}

export interface Judgement {
  /** `anywhere`: this counter may take it although the citizen lives elsewhere (or it does not matter). */
  readonly kind: Verdict['kind']
  readonly reasons: readonly Reason[]
  readonly goTo: string | null
  /** Code of the procedure to take instead. */
  readonly otherProcedure: string | null
  /** What is still to be asked, in order. */
  readonly open: readonly OpenQuestion[]
}

type Place = PlaceAnswer | 'unknown' | 'any'

function isPlaceAnswer(text: string | undefined): text is PlaceAnswer {
  return PLACE_ANSWERS.some((answer) => answer === text)
}

function sameProvince(one: string, other: string): boolean {
  return fold(findProvince(one)?.name ?? one) === fold(findProvince(other)?.name ?? other)
}

/** Compares an address with the ward. An address of before 01/07/2025 is only trusted when it is one of the ward's former names. */
function placeOf(address: string, ward: WardIdentity): Place {
  const place = placeOfAddress(address)
  const folded = fold(address)
  if ((ward.formerNames ?? []).some((name) => folded.includes(fold(name)))) return 'here'
  if (place.former || place.ward === null) return 'unknown'
  const inProvince = place.province === null ? null : sameProvince(place.province, ward.province)
  if (inProvince === false) return 'elsewhere'
  if (place.ward === bareWard(ward.name)) return 'here'
  return inProvince === true ? 'same-city' : 'unknown'
}

function resolvePlace(procedure: Procedure, facts: ApplicantFacts, ward: WardIdentity, answers: Answers): Place {
  const rule = procedure.jurisdiction
  if (procedure.placeIndependence === 'decision' || (rule.kind !== 'residence' && rule.kind !== 'place')) return 'any'
  const answer = answers?.[PLACE_QUESTION]
  if (isPlaceAnswer(answer)) return answer
  return rule.kind === 'residence' && rule.of === 'applicant' ? placeOf(facts.address, ward) : 'unknown'
}

/** The questions in force: those that follow no answer, and those that an answer given leads to. */
function askedQuestions(procedure: Procedure, answers: Readonly<Record<string, string>>): EligibilityQuestion[] {
  const nextOf = (answer: EligibilityAnswer): string[] => (answer.verdict === 'ask-more' ? [answer.next] : [])
  const followUps = new Set(procedure.eligibility.flatMap((question) => question.answers.flatMap(nextOf)))
  const byId = new Map(procedure.eligibility.map((question) => [question.id, question]))
  const asked: EligibilityQuestion[] = []
  const queue = procedure.eligibility.filter((question) => !followUps.has(question.id))
  for (let question = queue.shift(); question !== undefined; question = queue.shift()) {
    if (asked.includes(question)) continue
    asked.push(question)
    const given = answers[question.id]
    const answer = question.answers.find((item) => item.id === given)
    const next = answer?.verdict === 'ask-more' ? byId.get(answer.next) : undefined
    if (next !== undefined) queue.unshift(next)
  }
  return asked
}

const placeQuestion = (question: string): OpenQuestion => ({
  id: PLACE_QUESTION, question, answers: PLACE_ANSWERS.map((id) => ({ id, label: null })),
})

/** What is still to be asked about a procedure, in order: the place first when the address does not tell it. */
export function openQuestions(procedure: Procedure, facts: ApplicantFacts, ward: WardIdentity, answers: Readonly<Record<string, string>>): OpenQuestion[] {
  const rule = procedure.jurisdiction
  const place = resolvePlace(procedure, facts, ward, answers) === 'unknown' && 'question' in rule ? [placeQuestion(rule.question)] : []
  const open = askedQuestions(procedure, answers).filter((question) => !question.answers.some((item) => item.id === answers[question.id]))
  return [...place, ...open.map(({ id, question, answers: choices }) => ({ id, question, answers: choices.map((item) => ({ id: item.id, label: item.label })) }))]
}

function givenAnswers(procedure: Procedure, answers: Readonly<Record<string, string>>): EligibilityAnswer[] {
  return askedQuestions(procedure, answers).flatMap((question) => question.answers.filter((item) => item.id === answers[question.id]))
}

const NOTHING = { goTo: null, otherProcedure: null, open: [] } as const

function blockedBy(answer: EligibilityAnswer): Judgement | null {
  if (answer.verdict !== 'not-eligible' && answer.verdict !== 'other-procedure') return null
  const reasons: Reason[] = [{ code: 'answer', text: answer.message }]
  if (answer.verdict === 'other-procedure') return { ...NOTHING, kind: 'not-eligible', reasons, otherProcedure: answer.procedure }
  const goTo = answer.goTo ?? null
  return { ...NOTHING, kind: goTo === null ? 'not-eligible' : 'elsewhere', reasons, goTo }
}

function byPlace(procedure: Procedure, place: Place): Omit<Judgement, 'open'> {
  const rule = procedure.jurisdiction
  const say = (kind: Verdict['kind'], code: ReasonCode, text: string | null = null, goTo: string | null = null): Omit<Judgement, 'open'> =>
    ({ kind, reasons: [{ code, text }], goTo, otherProcedure: null })
  if (rule.kind === 'police' || rule.kind === 'city') return say('elsewhere', rule.kind, null, rule.goTo)
  if (place === 'any') return say('anywhere', 'decision-anywhere')
  if (place === 'here') return say('here', 'place-here')
  if (place === 'unknown') return say('ask', 'place-unknown', 'question' in rule ? rule.question : null)
  if (place === 'same-city' && procedure.placeIndependence === 'reception') return say('anywhere', 'reception-anywhere')
  return say('elsewhere', 'place-elsewhere', null, 'goTo' in rule ? rule.goTo : null)
}

/**
 * May this counter take the dossier, said before anything is scanned: the competent agency, then the answers, then the place. A blocking
 * answer wins over the place, since it often names a shorter way. With `answers: null` only the place is judged.
 */
export function judge(procedure: Procedure, facts: ApplicantFacts, ward: WardIdentity, answers: Answers): Judgement {
  const place = byPlace(procedure, resolvePlace(procedure, facts, ward, answers))
  const isOthers = procedure.jurisdiction.kind === 'police' || procedure.jurisdiction.kind === 'city'
  if (isOthers || answers === null) return { ...place, open: [] }
  const given = givenAnswers(procedure, answers)
  for (const answer of given) {
    const blocked = blockedBy(answer)
    if (blocked !== null) return blocked
  }
  const said: Reason[] = given.flatMap((answer) => (answer.message === undefined ? [] : [{ code: 'answer', text: answer.message }]))
  const open = openQuestions(procedure, facts, ward, answers)
  if (place.kind === 'elsewhere' || open.length === 0) return { ...place, reasons: [...place.reasons, ...said], open: [] }
  const reasons: Reason[] = place.kind === 'ask' ? [...place.reasons] : [...place.reasons, { code: 'questions-open', text: null }]
  return { ...place, kind: 'ask', reasons: [...reasons, ...said], open }
}

/** The judgement as the contract carries it: a reason is the catalogue's sentence, or `reason.<code>` for the screen to translate. */
export function toVerdict(judgement: Judgement): Verdict {
  return {
    kind: judgement.kind,
    reasons: judgement.reasons.map((reason) => reason.text ?? `reason.${reason.code}`),
    goTo: judgement.goTo,
    otherProcedure: judgement.otherProcedure,
  }
}
