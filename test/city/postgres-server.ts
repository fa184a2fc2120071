import { execFile, execFileSync, spawn } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { chown, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'

const run = promisify(execFile)

/** A PostgreSQL for one test file. */
export interface TestServer {
  readonly url: string
  stop(): Promise<void>
}

const DEBIAN = '/usr/lib/postgresql'

function binaries(): string | undefined {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a)).map((version) => join(DEBIAN, version, 'bin')) : []
  return [...versions, ...(process.env.PATH ?? '').split(delimiter)].find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')))
}

interface Account {
  readonly uid?: number
  readonly gid?: number
}

/** PostgreSQL refuses to run as root: there the account `postgres` of the system package runs it. */
function account(): Account | undefined {
  if (process.getuid?.() !== 0) return {}
  try {
    const id = (flag: string): number => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }))
    return { uid: id('-u'), gid: id('-g') }
  } catch {
    return undefined
  }
}

/** Why no PostgreSQL can be had here, or undefined when one can. */
export function missingPostgres(): string | undefined {
  if (process.env.DATABASE_URL) return undefined
  if (!binaries()) return 'no DATABASE_URL and no postgres binary on this machine'
  return account() ? undefined : 'running as root and there is no account "postgres"'
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => (address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port'))))
    })
  })
}

async function reachable(url: string): Promise<void> {
  for (let tries = 0; tries < 150; tries += 1) {
    const client = new pg.Client({ connectionString: url })
    const good = await client.connect().then(() => true, () => false)
    if (good) return client.end()
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('PostgreSQL did not start within 15 s')
}

/** A throw-away cluster on the loopback, in a temporary folder that `stop` removes. */
async function startCluster(bin: string, who: Account): Promise<TestServer> {
  const folder = await mkdtemp(join(tmpdir(), 'mot-cua-postgres-'))
  if (who.uid !== undefined && who.gid !== undefined) await chown(folder, who.uid, who.gid)
  const data = join(folder, 'data')
  await run(join(bin, 'initdb'), ['-D', data, '-U', 'city', '--auth=trust', '--no-sync', '--encoding=UTF8', '--locale=C'], { cwd: folder, ...who })
  const port = await freePort()
  const server = spawn(join(bin, 'postgres'), ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', folder, '-F'], { cwd: folder, stdio: 'ignore', ...who })
  // A test run that is cut short must not leave a server behind.
  const onExit = (): void => {
    server.kill('SIGKILL')
  }
  process.once('exit', onExit)
  const gone = new Promise<void>((resolve) => {
    server.once('exit', () => resolve())
  })
  const url = `postgresql://city@127.0.0.1:${port}/postgres`
  await reachable(url)
  return {
    url,
    async stop() {
      server.kill('SIGINT')
      await gone
      process.off('exit', onExit)
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** A fresh database on the server of `DATABASE_URL`, dropped by `stop`. */
async function borrowServer(base: string): Promise<TestServer> {
  const name = `mot_cua_test_${process.pid}_${Date.now()}`
  const url = new URL(base)
  url.pathname = `/${name}`
  const once = async (statement: string): Promise<void> => {
    const client = new pg.Client({ connectionString: base })
    await client.connect()
    await client.query(statement).finally(() => client.end())
  }
  await once(`create database ${name}`)
  return { url: url.href, stop: () => once(`drop database ${name} with (force)`) }
}

/** A PostgreSQL to test with. Throws when `missingPostgres()` has a reason. */
export async function testPostgres(): Promise<TestServer> {
  if (process.env.DATABASE_URL) return borrowServer(process.env.DATABASE_URL)
  const bin = binaries()
  const who = account()
  if (!bin || !who) throw new Error(missingPostgres())
  return startCluster(bin, who)
}
