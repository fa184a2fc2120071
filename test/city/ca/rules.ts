import { z } from 'zod'

/** How the CA behaves, for tests and demonstrations. Kept in memory: after a restart it is as it should be. */
export const CaRules = z.object({
  /** A person looks at the request for so long; meanwhile the desk is told to wait. */
  delaySeconds: z.number().int().min(0).max(86_400).default(0),
  /** What the desk is told to wait between two questions. */
  checkAfterSeconds: z.number().int().min(1).max(3600).default(2),
  /** Requests for these numbers are refused, as a regular expression on the UID. */
  refuse: z.object({ uid: z.string().max(200), text: z.string().min(1).max(300) }).nullable().default(null),
  /** What goes wrong with the next answers of CMP. */
  fault: z.enum(['silent', 'slow', 'system-failure', 'other-key', 'other-person', 'unprotected', 'wrong-secret', 'garbage', 'other-transaction']).nullable().default(null),
  /** How many answers the fault hits. */
  times: z.number().int().min(1).max(1000).default(1),
  slowMs: z.number().int().min(1).max(120_000).default(3000),
})
export type CaRules = z.infer<typeof CaRules>
export type CaFault = NonNullable<CaRules['fault']>

/** The rules of one running city. */
export interface RuleBook {
  current(): CaRules
  set(rules: CaRules): void
  /** The fault that hits this answer; it counts as used. */
  takeFault(): CaFault | null
}

export function createRuleBook(): RuleBook {
  let rules = CaRules.parse({})
  return {
    current: () => rules,
    set: (next) => {
      rules = next
    },
    takeFault: () => {
      const { fault, times } = rules
      if (fault !== null) rules = times > 1 ? { ...rules, times: times - 1 } : { ...rules, fault: null }
      return fault
    },
  }
}
