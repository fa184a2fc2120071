import { readFileSync, writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { call, ORPCError } from '@orpc/server'
import { z } from 'zod'
import { contract } from '@contract'
import { ChipEvent } from '@contract/chip'
import { AppError } from '@contract/errors'
import { DraftId } from '@contract/ids'
import { USUAL_WISHES } from '@contract/pages'
import { systemClock } from '../storage'
import { connect, type Connection } from './connection'
import { createCounter } from './counter'
import { driversBeside } from './driver-ports'
import { piecesOf } from './file-pieces'
import { headlessHost } from './host'
import { createLive } from './live'
import { type Log, logToStderr, quiet } from './log'
import { threadsBeside } from './office'
import { createRouter } from './router'
import { type Args, parseArgs, type Upload, USAGE } from './cli-args'

const live = createLive()
const router = createRouter(live)

type Callable = (typeof router)['office']['today']

/** The call of a dotted name, or undefined. `apdu-log` is `apduLog`. */
function findCall(name: string): Callable | undefined {
  const [area = '', act = ''] = name.replace(/-([a-z])/gu, (_, letter: string) => letter.toUpperCase()).split('.')
  const group: unknown = Reflect.get(router, area)
  const found: unknown = typeof group === 'object' && group !== null ? Reflect.get(group, act) : undefined
  // Every leaf of the router is a procedure; which one is only known by its name.
  return typeof found === 'object' && found !== null && '~orpc' in found ? (found as Callable) : undefined
}

type Described = Readonly<{ '~orpc': Readonly<{ meta: Readonly<{ access: string; about: string }>; inputSchema?: unknown }> }>

/** All calls with who may make them and the schema of their input. */
function help(): string {
  const areas: Readonly<Record<string, Readonly<Record<string, Described>>>> = contract
  const lines = Object.entries(areas).flatMap(([area, calls]) =>
    Object.entries(calls).map(([name, procedure]) => {
      const { meta, inputSchema } = procedure['~orpc']
      const schema = inputSchema instanceof z.ZodType ? JSON.stringify(z.toJSONSchema(inputSchema, { unrepresentable: 'any', io: 'input' }).properties ?? {}) : '{}'
      return `${area}.${name}  [${meta.access}]  ${meta.about}\n    ${schema}`
    }))
  return `${USAGE}\n\nCalls:\n${lines.join('\n')}\n`
}

/** `{"$file": "path"}` anywhere in the input becomes the bytes of that file. */
function withFiles(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withFiles)
  if (typeof value !== 'object' || value === null) return value
  const file: unknown = Reflect.get(value, '$file')
  if (typeof file === 'string') return new Blob([bytesOfFile(file)])
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withFiles(item)]))
}

function bytesOfFile(path: string): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(readFileSync(resolve(path)))
  } catch {
    return refuseInput({ file: basename(path) })
  }
}

async function printable(result: unknown, out: string | undefined): Promise<unknown> {
  if (!(result instanceof Blob)) return result
  const bytes = Buffer.from(await result.arrayBuffer())
  if (out === undefined) return { type: result.type, size: bytes.length, base64: bytes.toString('base64') }
  writeFileSync(out, bytes)
  return { type: result.type, size: bytes.length, file: resolve(out) }
}

/** A whole file into a draft, as a document or as pages, in the steps that the window takes. */
async function upload(connection: Connection, { draftId, component, path, as }: Upload): Promise<unknown> {
  const handle = await open(resolve(path)).catch(() => refuseInput({ file: basename(path) }))
  try {
    const { size } = await handle.stat()
    const context = { context: { connection, log: quiet } }
    const file = { draftId: DraftId.parse(draftId), component, name: basename(path), size }
    const { uploadId } = as === 'document' ? await call(router.documents.begin, file, context)
      : await call(router.pages.begin, { ...file, origin: 'import', wishes: USUAL_WISHES }, context)
    for await (const { offset, bytes } of piecesOf(handle, size)) await call(router.documents.append, { uploadId, offset, bytes: new Blob([bytes]) }, context)
    return await (as === 'document' ? call(router.documents.finish, { uploadId }, context) : call(router.pages.finish, { uploadId }, context))
  } finally {
    await handle.close()
  }
}

/** What happens in the office, and codes from readers, have no end that a script could wait for. */
const ENDLESS: ReadonlySet<string> = new Set(['live.events', 'codes.scans'])

type Wanted = (connection: Connection) => Promise<unknown>

/** What the command line asks for. Read before anything is opened, so that a slip of the pen costs nothing. @throws AppError TK-013 */
function wantedOf(args: Args, log: Log): Wanted {
  const { upload: file } = args
  if (file) return DraftId.safeParse(file.draftId).success ? (connection) => upload(connection, file) : refuseInput({ draft: file.draftId.slice(0, 40) })
  const procedure = findCall(args.call)
  if (!procedure || ENDLESS.has(args.call)) return refuseInput({ call: args.call.slice(0, 80) })
  const input: unknown = args.json === undefined ? undefined : withFiles(jsonOf(args.json))
  // The input's form is checked by the call's own schema.
  return (connection) => call(procedure, input as undefined, { path: args.call.split('.'), context: { connection, log } }).then(ended)
}

/** What a call answers. Of a stream that is its last event; those before it go to standard error, one a line. */
async function ended(output: unknown): Promise<unknown> {
  if (!isStream(output)) return output
  let last: unknown = null
  for await (const event of output) {
    if (last !== null) process.stderr.write(`${JSON.stringify(last)}\n`)
    last = event
  }
  const read = ChipEvent.safeParse(last).data
  return read?.kind === 'read' ? read.reading : last
}

const isStream = (output: unknown): output is AsyncIterable<unknown> => typeof output === 'object' && output !== null && Symbol.asyncIterator in output

function refuseInput(params: Readonly<Record<string, string>>): never {
  throw new AppError('TK-013', params)
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // The parser's own words quote the text, which may name a person.
    return refuseInput({ json: 'unreadable' })
  }
}

/** Gives the outbox a moment of line before the program ends. */
async function drain(connection: Connection, seconds: number): Promise<void> {
  const end = Date.now() + seconds * 1000
  while (seconds > 0 && Date.now() < end) {
    const { line, counts, numbersLeft } = connection.office().sync.status()
    if (line === 'not-enrolled') return
    if (counts.ready + counts.sending + counts.waiting === 0 && numbersLeft > 0) return
    await new Promise((done) => setTimeout(done, 200))
  }
}

async function run(args: Args): Promise<unknown> {
  const log = args.verbose ? logToStderr : quiet
  const wanted = wantedOf(args, log)
  const host = headlessHost(driversBeside(import.meta.url))
  const counter = createCounter({
    host, live, clock: systemClock, log, threads: threadsBeside(import.meta.url),
    settings: {
      dataFolder: resolve(args.data), resourcesFolder: args.resources, migrationsFolder: args.migrations, practice: args.practice,
      ...(args.cityUrl !== undefined && { cityUrl: args.cityUrl }), ...(args.cityEnrolment !== undefined && { cityEnrolment: args.cityEnrolment }),
      ...(args.binding !== undefined && { nativeBinding: args.binding }),
      ...(args.pcscBinding !== undefined && { pcscBinding: args.pcscBinding }),
      ...(args.pkcs11Binding !== undefined && { pkcs11Binding: args.pkcs11Binding }),
      appVersion: args.version, electronVersion: 'none', keyStore: 'none',
    },
  })
  try {
    await counter.start()
    const connection = connect(counter, host, systemClock)
    if (args.user !== undefined) await call(router.staff.signIn, { loginName: args.user, secret: args.secret }, { context: { connection, log } })
    if (args.card !== undefined) await call(router.readers.putCard, { card: args.card }, { context: { connection, log } })
    const result = await printable(await wanted(connection), args.out)
    if (args.sync > 0) await drain(connection, args.sync)
    return result
  } finally {
    await counter.close()
  }
}

/** What went wrong, for a script: the code first, then what the call's schema says of the input. */
function failure(error: unknown): { code: string; detail: unknown } {
  if (error instanceof ORPCError) return { code: error.code === 'BAD_REQUEST' ? 'TK-013' : String(error.code), detail: (error.data as unknown) ?? null }
  if (error instanceof AppError) return { code: error.code, detail: error.params }
  return { code: 'LOI-000', detail: { kind: error instanceof Error ? error.name : typeof error } }
}

const args = parseArgs(process.argv.slice(2), process.env)
if (args === 'help') {
  process.stdout.write(help())
} else if (typeof args === 'string') {
  process.stderr.write(`${args}\n\n${USAGE}\n`)
  process.exitCode = 2
} else {
  run(args).then(
    (result) => process.stdout.write(`${JSON.stringify(result ?? null, null, 2)}\n`),
    (error: unknown) => {
      process.stderr.write(`${JSON.stringify(failure(error))}\n`)
      process.exitCode = 1
    })
}
