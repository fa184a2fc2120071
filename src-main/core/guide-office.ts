import type { DraftContent, DraftView } from '@contract/draft'
import type { EssentialService, GuideAdvice, GuideAnswer, GuideAnswers, Having } from '@contract/guide'
import type { DraftId } from '@contract/ids'
import { PLACE_ANSWERS, PLACE_QUESTION, type Procedure } from '@contract/procedures'
import type { Paper } from '@contract/receipt'
import type { Settings } from '@contract/settings'
import type { Audit } from '../audit'
import { answeredForks, createGuide, type Guide, type GuideData, saidBy } from '../guide'
import type { Actor, Intake } from '../intake'
import type { Paperwork } from '../paperwork'
import { handedOver, type Printer } from '../printing'
import type { Catalogue } from '../procedures'
import type { Store } from '../storage'
import { havingFor } from './guide-having'
import { toAnswer } from './guide-hits'
import { leafletData } from './guide-leaflet'

/** A procedure, the forks and the questions answered on the way to it, and the draft in hand. */
export type Choice = Readonly<{ code: string; forks: GuideAnswers; answers: GuideAnswers; draftId: DraftId | null }>
export type LeafletWish = Readonly<{ code: string; language: 'vi' | 'en'; paper: Paper }>

/** The guide over the catalogue in force, for the officer's window, the tablet and the kiosk. */
export type GuideOffice = Readonly<{
  /** `address`: of the person in hand, empty without one. */
  ask(words: string, answers?: GuideAnswers, address?: string): GuideAnswer
  /** @throws AppError DM-003 no such procedure */
  advise(choice: Omit<Choice, 'draftId'>, address?: string): GuideAdvice
  /** @throws AppError HS-001, DM-003 */
  have(actor: Actor, code: string, draftId: DraftId): Record<string, Having>
  /** @throws AppError HS-001, HS-002, DM-003 */
  begin(actor: Actor, choice: Choice): DraftId
  essential(): EssentialService[]
  /** @throws AppError DM-003 */
  leaflet(wish: LeafletWish): Promise<Uint8Array<ArrayBuffer>>
  /** @throws AppError DM-003; IN-002 … IN-004 as the printer does */
  printLeaflet(actor: Actor, wish: LeafletWish): Promise<'printed' | 'cancelled'>
}>

export type GuideOfficeDeps = Readonly<{
  store: Store; audit: Audit; catalogue: Catalogue; intake: Intake; paperwork: Pick<Paperwork, 'leaflet'>; printer: Printer
  data: GuideData; essential: readonly EssentialService[]; settings(): Settings; practice: boolean
}>

/** Chooses the procedure in a draft as the screen does: answers and marks belong to the procedure they were given for. */
function chosen(content: DraftContent, procedure: Procedure, answers: Record<string, string>): DraftContent {
  if (content.procedure?.code === procedure.code && content.procedure.version === procedure.version) return { ...content, answers: { ...content.answers, ...answers } }
  return {
    ...content, procedure: { code: procedure.code, version: procedure.version }, answers, components: {},
    fee: { ...content.fee, exemption: procedure.fee.usualExemption ?? null, councilAmount: null },
  }
}

/** Only what the procedure asks, answered as it may be answered. */
function answersFor(procedure: Procedure, given: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(given).filter(([id, answer]) => id === PLACE_QUESTION
    ? PLACE_ANSWERS.some((known) => known === answer)
    : procedure.eligibility.some((question) => question.id === id && question.answers.some((known) => known.id === answer))))
}

function inWords({ jurisdiction, eligibility }: Procedure, answers: Readonly<Record<string, string>>): GuideAdvice['answered'] {
  const place = answers[PLACE_QUESTION]
  return [
    ...(place !== undefined && 'question' in jurisdiction ? [{ id: PLACE_QUESTION, question: jurisdiction.question, answerId: place, answer: null }] : []),
    ...eligibility.flatMap(({ id, question, answers: choices }) => choices
      .filter((choice) => choice.id === answers[id]).map((choice) => ({ id, question, answerId: choice.id, answer: choice.label }))),
  ]
}

export function openGuideOffice({ store, audit, catalogue, intake, paperwork, printer: desk, data, essential, settings, practice }: GuideOfficeDeps): GuideOffice {
  let built: Readonly<{ of: readonly Procedure[]; guide: Guide; byCode: ReadonlyMap<string, Procedure> }> | undefined
  /** Anew for each catalogue: a quarter of a second. */
  const current = () => {
    const procedures = catalogue.inForce()
    if (built?.of !== procedures) built = { of: procedures, guide: createGuide({ procedures, data }), byCode: new Map(procedures.map((one) => [one.code, one])) }
    return built
  }
  const { forks } = data.forks
  const essentialCodes = new Set(essential.flatMap(({ codes }) => codes))
  const answersOf = (procedure: Procedure, { forks: forkAnswers, answers }: Pick<Choice, 'forks' | 'answers'>): Record<string, string> =>
    answersFor(procedure, { ...saidBy(forks, forkAnswers, procedure), ...answers })
  const leaflet = (wish: LeafletWish): Promise<Uint8Array<ArrayBuffer>> => paperwork.leaflet(leafletData(catalogue.get(wish.code), settings(), { ...wish, practice }))

  return {
    ask: (words, answers = {}, address = '') => {
      const { guide, byCode } = current()
      const found = guide.ask(words, { answers })
      return {
        ...toAnswer(found, {
          procedure: (code) => byCode.get(code), isEssential: (code) => essentialCodes.has(code), verdict: (procedure) => catalogue.judge(procedure, { address }, null).verdict,
        }),
        answered: answeredForks(forks, answers).map(({ fork, answer }) => ({ id: fork.id, question: fork.question, answer: answer.label })),
      }
    },
    advise: (choice, address = '') => {
      const procedure = catalogue.get(choice.code)
      const answers = answersOf(procedure, choice)
      const { verdict, open } = catalogue.judge(procedure, { address }, answers)
      return { verdict, questions: open, answers, answered: inWords(procedure, answers) }
    },
    have: (actor, code, draftId) => {
      const procedure = catalogue.get(code)
      const { content } = intake.open(draftId)
      return store.write((tx) => {
        const having = havingFor(tx, procedure, content)
        audit.append(tx, { actor: actor.id, action: 'people.looked-up', subject: { type: 'draft', id: draftId }, detail: { purpose: 'guide', found: Object.keys(having).length } })
        return having
      })
    },
    begin: (actor, choice) => {
      const procedure = catalogue.get(choice.code)
      const draft: DraftView = choice.draftId === null ? intake.start(actor) : intake.open(choice.draftId)
      const content = chosen(draft.content, procedure, answersOf(procedure, choice))
      return intake.save(draft.id, draft.revision, { ...content, focus: content.applicant.fullName === '' ? 'applicant.fullName' : 'procedure' }).id
    },
    essential: () => essential.map((service) => ({ ...service, codes: [...service.codes] })),
    leaflet,
    printLeaflet: async (actor, wish) => {
      const { report, receipt } = settings().printing
      const printer = report.printer ?? receipt.printer
      const bytes = await leaflet(wish)
      const job = { kind: 'report', title: 'leaflet', subject: { type: 'procedure', id: wish.code }, bytes, paper: wish.paper, printer, silent: printer !== null && receipt.silent } as const
      return handedOver((await desk.print(actor, job)).outcome)
    },
  }
}

/** The address of the person in hand; empty without one. @throws AppError HS-001 */
export const addressIn = (intake: Intake, draftId: DraftId | null): string => (draftId === null ? '' : intake.open(draftId).content.applicant.address)

