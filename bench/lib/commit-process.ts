import { fork } from 'node:child_process'
import { z } from 'zod'

/** First argument of this program in the process of Electron that makes the rounds of `commit`. */
export const COMMIT_ROLE = '--commit-process'

const Rounds = z.object({ subject: z.array(z.number()), floor: z.array(z.number()), hashed: z.array(z.number()) })

/** The rounds of `commit` in Electron's own Node, as the core runs there: other versions, another cryptographic library. */
export async function roundsInElectron(): Promise<z.infer<typeof Rounds>> {
  const execPath = process.env['MOTCUA_ELECTRON']
  if (execPath === undefined) throw new Error('MOTCUA_ELECTRON names no Electron')
  const child = fork(process.argv[1] ?? '', [COMMIT_ROLE], { execPath, env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' }, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  return new Promise((resolve, reject) => {
    child.once('message', (message) => resolve(Rounds.parse(message)))
    child.once('exit', (code) => reject(new Error(`the rounds in Electron ended with ${String(code)}`)))
  })
}
