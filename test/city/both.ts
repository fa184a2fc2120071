import { afterAll, beforeAll, describe } from 'vitest'
import { openCounter, type Counter } from './counter'
import { doors, startCity, type City, type CityOptions, type Doors } from './index'
import { missingPostgres, testPostgres, type TestServer } from './postgres-server'

/** A started city with its doors open, and counters on demand. */
export interface Stage {
  city(): City
  doors(): Doors
  /** Each call enrols another counter with a code of its own. */
  counter(name?: string): Promise<Counter>
}

function stageOf(databaseUrl: () => Promise<string | undefined>, options: CityOptions): Stage {
  let city: City | undefined
  const running = (): City => {
    if (!city) throw new Error('the city is not running')
    return city
  }
  beforeAll(async () => {
    const url = await databaseUrl()
    city = await startCity({ doors: true, ...options, ...(url === undefined ? {} : { databaseUrl: url }) })
  })
  afterAll(() => city?.close())
  return {
    city: running,
    doors: () => doors(running().url),
    counter: async (name = 'Quầy 1') => openCounter(running().url, await doors(running().url).enrolmentCode({ counter: name })),
  }
}

/** Runs the same tests on PGlite and, where a server can be had, on PostgreSQL. */
export function onBothDatabases(title: string, tests: (stage: Stage) => void, options: CityOptions = {}): void {
  describe(`${title}, on PGlite`, () => {
    tests(stageOf(async () => undefined, options))
  })
  const reason = missingPostgres()
  describe.skipIf(reason !== undefined)(`${title}, on PostgreSQL${reason === undefined ? '' : ` (skipped: ${reason})`}`, () => {
    let server: TestServer | undefined
    const stage = stageOf(async () => {
      server = await testPostgres()
      return server.url
    }, options)
    afterAll(() => server?.stop())
    tests(stage)
  })
}
