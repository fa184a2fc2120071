import { type ChildProcess, fork } from 'node:child_process'
import { z } from 'zod'
import { startCity } from '../../test/city'

/** First argument of this program in the process of the city. */
export const CITY_ROLE = '--city-process'

const Started = z.object({ url: z.string() })

/** The entry of the city's process: the reference city with its doors, until the benchmark lets go of it. */
export async function serveCity(): Promise<void> {
  const city = await startCity({ doors: true })
  process.on('disconnect', () => void city.close().finally(() => process.exit(0)))
  process.send?.({ url: city.url })
}

export type CityProcess = Readonly<{ url: string; close(): Promise<void> }>

const ended = (child: ChildProcess): Promise<void> => new Promise((resolve) => {
  if (child.exitCode !== null || child.signalCode !== null) resolve()
  else child.once('exit', () => resolve())
})

/** Starts the reference city in a process of its own. */
export async function startCityProcess(): Promise<CityProcess> {
  const child = fork(process.argv[1] ?? '', [CITY_ROLE], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  const { url } = await new Promise<z.infer<typeof Started>>((resolve, reject) => {
    child.once('message', (message) => resolve(Started.parse(message)))
    child.once('exit', () => reject(new Error('the city did not start')))
  })
  return {
    url,
    close: async () => {
      child.disconnect()
      await ended(child)
    },
  }
}
