import { fork } from 'node:child_process'
import type { z } from 'zod'
import { electronExecutable } from './electron'

/** Runs this program with these arguments in Electron's own Node, where the core runs, and gives the one answer it sends. */
export async function askElectron<T>(args: readonly string[], answer: z.ZodType<T>): Promise<T> {
  const child = fork(process.argv[1] ?? '', [...args], {
    execPath: electronExecutable(), env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' }, stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  return new Promise((resolve, reject) => {
    child.once('message', (message) => resolve(answer.parse(message)))
    child.once('exit', (code) => reject(new Error(`${args[0] ?? ''} in Electron ended with ${String(code)}`)))
  })
}
