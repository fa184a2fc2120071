export type { GuideAnswer, GuideFee, GuideHit, GuidePlace, GuideQuestion, GuideReason, GuideTime, OfficeHit, ProcedureHit } from './answer'
export { GUIDE_FILES, GuideData } from './data'
export type { ForkAnswers } from './forks'
export { createGuide, type AskOptions, type Guide, type GuideDeps } from './guide'
