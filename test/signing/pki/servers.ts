import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { join } from 'node:path'
import { promisify } from 'node:util'

export type Service = 'tsa' | 'ocsp' | 'crl' | 'issuers'
/** `down` breaks the line off, `silent` never answers, `garbage` answers something else, `refuses` says no in its own protocol. */
export type Mood = 'ok' | 'down' | 'silent' | 'garbage' | 'refuses'

export type Servers = Readonly<{
  base: string
  moods: Record<Service, Mood>
  /** How often each was asked. */
  asked: Record<Service, number>
  /** Changes an answer on its way, as a bad line or a liar would. */
  meddle: { tsa: ((answer: Uint8Array) => Uint8Array) | null; ocsp: ((answer: Uint8Array) => Uint8Array) | null; crl: ((answer: Uint8Array) => Uint8Array) | null }
  close(): Promise<void>
}>

const run = promisify(execFile)

/** A loopback server whose answers `openssl ts` and `openssl ocsp` make, in a folder of `createPki`. */
export async function startServers(folder: string): Promise<Servers> {
  const moods: Record<Service, Mood> = { tsa: 'ok', ocsp: 'ok', crl: 'ok', issuers: 'ok' }
  const asked: Record<Service, number> = { tsa: 0, ocsp: 0, crl: 0, issuers: 0 }
  const meddle: Servers['meddle'] = { tsa: null, ocsp: null, crl: null }
  let turn: Promise<unknown> = Promise.resolve()
  /** One at a time: they share files of serial numbers. */
  const alone = <T>(act: () => Promise<T>): Promise<T> => {
    const next = turn.then(act, act)
    turn = next.catch(() => undefined)
    return next
  }
  let count = 0
  const ask = (query: Uint8Array, args: (input: string, output: string) => string[]): Promise<Uint8Array> => alone(async () => {
    count += 1
    const [input, output] = [`q-${count}.der`, `r-${count}.der`]
    await writeFile(join(folder, input), query)
    await run('openssl', args(input, output), { cwd: folder })
    return new Uint8Array(await readFile(join(folder, output)))
  })
  const stamp = (query: Uint8Array, refuses: boolean): Promise<Uint8Array> => ask(refuses ? unknownImprint(query) : query, (input, output) =>
    ['ts', '-reply', '-config', 'config', '-section', 'tsa_config', '-queryfile', input, '-out', output, '-inkey', 'tsa.key', '-signer', 'tsa.pem', '-chain', 'issuing.pem'])
  const status = (query: Uint8Array): Promise<Uint8Array> => ask(query, (input, output) =>
    ['ocsp', '-index', 'index.txt', '-CA', 'issuing.pem', '-rsigner', 'ocsp.pem', '-rkey', 'ocsp.key', '-reqin', input, '-respout', output, '-ndays', '1'])
  const file = (name: string): Promise<Uint8Array> => readFile(join(folder, name)).then((bytes) => new Uint8Array(bytes))

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '/'
    const service: Service = path.startsWith('/tsa') ? 'tsa' : path.startsWith('/ocsp') ? 'ocsp' : path.endsWith('.crl') ? 'crl' : 'issuers'
    asked[service] += 1
    const mood = moods[service]
    if (mood === 'down') return void request.socket.destroy()
    if (mood === 'silent') return
    const body = await bodyOf(request)
    if (mood === 'garbage') return void response.writeHead(200).end('<html>gateway</html>')
    if (mood === 'refuses' && service !== 'tsa' && service !== 'ocsp') return void response.writeHead(503).end()
    const send = (type: string, bytes: Uint8Array): void => void response.writeHead(200, { 'content-type': type, 'content-length': bytes.length }).end(bytes)
    if (service === 'tsa') return send('application/timestamp-reply', (meddle.tsa ?? same)(await stamp(body, mood === 'refuses')))
    if (service === 'ocsp') {
      const query = request.method === 'GET' ? Buffer.from(decodeURIComponent(path.slice('/ocsp/'.length)), 'base64') : body
      // OCSPResponse with status tryLater (RFC 6960 §4.2.1).
      return send('application/ocsp-response', mood === 'refuses' ? Uint8Array.of(0x30, 3, 0x0a, 1, 3) : (meddle.ocsp ?? same)(await status(query)))
    }
    if (service === 'crl') return send('application/pkix-crl', (meddle.crl ?? same)(await file(path === '/root.crl' ? 'root-crl.der' : 'issuing-crl.der')))
    send('application/pkix-cert', await file(path === '/root.cer' ? 'root.der' : 'issuing.der'))
  }

  const server = createServer((request, response) => { answer(request, response).catch(() => { response.writeHead(500).end() }) })
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve) })
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    base: `http://127.0.0.1:${port}`, moods, asked, meddle,
    close: () => new Promise<void>((resolve) => {
      server.closeAllConnections()
      server.close(() => resolve())
    }),
  }
}

const same = (bytes: Uint8Array): Uint8Array => bytes

/** The query with a digest algorithm that nobody knows: the TSA answers with a rejection. */
function unknownImprint(query: Uint8Array): Uint8Array {
  const bent = Buffer.from(query)
  const at = bent.indexOf(Buffer.from('0609608648016503040201', 'hex'))
  if (at >= 0) bent[at + 10] = 0x63
  return bent
}

async function bodyOf(request: IncomingMessage): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  for await (const part of request) parts.push(part as Uint8Array)
  return Buffer.concat(parts)
}
