import type { Confidence, FeeRule, Jurisdiction, ProcedureComponent } from '@contract/procedures'

/** Why something is in the answer. `words` are the citizen's own; the others are sentences of the guide's data. */
export type GuideReason =
  | { readonly kind: 'code'; readonly code: string }
  | { readonly kind: 'words'; readonly words: readonly string[] }
  | { readonly kind: 'synonym'; readonly label: string }
  | { readonly kind: 'situation'; readonly text: string }
  | { readonly kind: 'intent'; readonly text: string }
  | { readonly kind: 'answer'; readonly fork: string; readonly text: string }

/** Where the matter is dealt with. `ask`: this ward's matter only when the answer is yes, else `goTo`. */
export type GuidePlace =
  | { readonly kind: 'any' }
  | { readonly kind: 'ask'; readonly question: string; readonly of: Extract<Jurisdiction, { of: unknown }>['of']; readonly goTo: string }
  | { readonly kind: 'elsewhere'; readonly office: string | null; readonly name: string; readonly goTo: string }

export interface GuideFee {
  /** In a few words, of the catalogue. */
  readonly text: string
  readonly rules: readonly FeeRule[]
  /** False where the city's council sets an amount that the catalogue does not have. */
  readonly known: boolean
}

export interface GuideTime { readonly text: string; readonly extension?: string }

/** A procedure of the catalogue. What the catalogue lacks is absent. */
export interface ProcedureHit {
  readonly kind: 'procedure'
  readonly target: string
  readonly name: string
  readonly score: number
  readonly reasons: readonly GuideReason[]
  readonly place: GuidePlace
  readonly bring: readonly ProcedureComponent[]
  readonly fee: GuideFee
  readonly time?: GuideTime
  readonly result: string
  readonly confidence: Confidence
}

/** A matter of another agency: nothing is taken here. */
export interface OfficeHit {
  readonly kind: 'office'
  /** `office/matter`. */
  readonly target: string
  readonly name: string
  readonly score: number
  readonly reasons: readonly GuideReason[]
  readonly place: Extract<GuidePlace, { kind: 'elsewhere' }>
  readonly mark: 'V' | 'S' | 'C' | 'G'
}

export type GuideHit = ProcedureHit | OfficeHit

export interface GuideQuestion {
  readonly id: string
  readonly question: string
  readonly answers: readonly { readonly id: string; readonly label: string; readonly target: string }[]
  /** False when the words already decide: the question may be passed over. */
  readonly needed: boolean
}

export interface GuideAnswer {
  /** The best first; empty when nothing was understood. */
  readonly hits: readonly GuideHit[]
  /** The first hit stands well before the second, or was chosen by answers. */
  readonly clear: boolean
  /** The fork to be asked next; none when all is answered. */
  readonly questions: readonly GuideQuestion[]
}
