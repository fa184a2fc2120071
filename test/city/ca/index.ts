export { signingOf } from './given'
export { caRoutes } from './routes'
export { CaRules, createRuleBook, type RuleBook } from './rules'
