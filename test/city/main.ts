import { parseArgs } from 'node:util'
import { startCity, type CityOptions } from './index'
import { openApiText } from './openapi'

const USAGE = `npm run city -- [--port N] [--folder PATH] [--doors] [--openapi]

  --port N       port on 127.0.0.1 (default: a free one)
  --folder PATH  keep database and documents there (default: nothing outlives the process)
  --doors        open the test doors (/doors/…)
  --openapi      print the OpenAPI description and leave

DATABASE_URL names a PostgreSQL server to use instead of the embedded one.
`

function readOptions(): CityOptions {
  const { values } = parseArgs({
    options: { port: { type: 'string' }, folder: { type: 'string' }, doors: { type: 'boolean' }, openapi: { type: 'boolean' }, help: { type: 'boolean' } },
  })
  if (values.help === true || values.openapi === true) {
    process.stdout.write(values.help === true ? USAGE : openApiText())
    process.exit(0)
  }
  const databaseUrl = process.env.DATABASE_URL
  return {
    port: values.port === undefined ? 0 : Number(values.port),
    doors: values.doors === true,
    ...(values.folder === undefined ? {} : { folder: values.folder }),
    ...(databaseUrl === undefined || databaseUrl === '' ? {} : { databaseUrl }),
  }
}

async function main(): Promise<void> {
  const starting = startCity(readOptions())
  // Also while still starting: what was begun is closed, so that no temporary folder stays behind.
  const stop = (): void => {
    starting.then((city) => city.close()).then(() => process.exit(0), () => process.exit(1))
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
  const city = await starting
  process.stdout.write(`${JSON.stringify({ url: city.url, enrolmentCode: city.enrolmentCode })}\n`)
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
})
