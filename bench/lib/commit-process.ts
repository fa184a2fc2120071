import { z } from 'zod'
import { askElectron } from './electron-process'

/** First argument of this program in the process of Electron that makes the rounds of `commit`. */
export const COMMIT_ROLE = '--commit-process'

const Rounds = z.object({ subject: z.array(z.number()), floor: z.array(z.number()), hashed: z.array(z.number()) })

/** The rounds of `commit` in Electron's own Node, as the core runs there: other versions, another cryptographic library. */
export const roundsInElectron = (): Promise<z.infer<typeof Rounds>> => askElectron([COMMIT_ROLE], Rounds)
