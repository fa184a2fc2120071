import { AppError } from '@contract/errors'
import { captureErrors } from '@contract/errors/capture'
import { request as plainRequest, type IncomingHttpHeaders, type IncomingMessage, type RequestOptions } from 'node:http'
import { request as secureRequest } from 'node:https'
import { isIP } from 'node:net'
import { TLSSocket } from 'node:tls'
import { resolvePlace, type Place } from './place'

/** Milliseconds: until the head of an answer, and between two pieces of its body. */
export type Limits = Readonly<{ head: number; read: number }>
export type Answer = Readonly<{ status: number; headers: IncomingHttpHeaders; body: AsyncIterable<Buffer>; drop: () => void }>
export type Call = Readonly<{ method: 'GET' | 'POST' | 'DELETE'; path: string; body?: string; limits: Limits; signal: AbortSignal }>
export type EsclHttp = Readonly<{
  call: (place: Place, call: Call) => Promise<Answer>
  /** The whole body as text, of at most `most` bytes. */
  text: (place: Place, call: Call, most?: number) => Promise<Readonly<{ status: number; headers: IncomingHttpHeaders; text: string }>>
}>
export type HttpNotes = Readonly<{
  /** A certificate that nobody vouches for was accepted, because the address is of this office. SHA-256 as hex with colons. */
  selfSigned?: (host: string, fingerprint: string) => void
}>

const MOST_DOCUMENT = 1024 * 1024

/**
 * HTTP to scanners. Built on node:http, not fetch: fetch can neither accept one device's self-signed certificate without accepting
 * everybody's, nor connect to the very address that was judged near. Redirects are not followed. Cleartext leaves the office for nobody.
 * @throws AppError QT-001 unknown name or far address in cleartext, QT-003 no connection, QT-010 no answer in time, QT-012 cancelled
 */
export function createEsclHttp(notes: HttpNotes = {}): EsclHttp {
  const call = async (place: Place, order: Call): Promise<Answer> => {
    const found = await resolvePlace(place)
    if (!found || (!found.near && !place.secure)) throw new AppError(captureErrors.noDevice)
    return connect(place, found, order, notes)
  }
  return {
    call,
    text: async (place, order, most = MOST_DOCUMENT) => {
      const answer = await call(place, order)
      const pieces: Buffer[] = []
      let size = 0
      for await (const piece of answer.body) {
        size += piece.length
        if (size > most) {
          answer.drop()
          throw new AppError(captureErrors.io)
        }
        pieces.push(piece)
      }
      return { status: answer.status, headers: answer.headers, text: Buffer.concat(pieces).toString('utf8') }
    },
  }
}

function connect(place: Place, found: Readonly<{ address: string; near: boolean }>, { method, path, body, limits, signal }: Call, notes: HttpNotes): Promise<Answer> {
  if (signal.aborted) return Promise.reject(new AppError(captureErrors.cancelled))
  const host = isIP(place.host) === 6 ? `[${place.host}]` : place.host
  const options: RequestOptions & { rejectUnauthorized?: boolean; servername?: string } = {
    method, path, host: found.address, port: place.port, agent: false,
    headers: { host: `${host}:${place.port}`, connection: 'close', accept: '*/*', ...(body === undefined ? {} : { 'content-type': 'text/xml', 'content-length': Buffer.byteLength(body) }) },
    ...(place.secure ? { rejectUnauthorized: !found.near, servername: isIP(place.host) ? '' : place.host } : {}),
  }
  return new Promise((resolve, reject) => {
    const req = (place.secure ? secureRequest : plainRequest)(options)
    let cause: AppError | null = null
    const stop = (code: AppError) => {
      cause ??= code
      req.destroy(cause)
    }
    const cancel = () => stop(new AppError(captureErrors.cancelled))
    signal.addEventListener('abort', cancel, { once: true })
    let timer = setTimeout(() => stop(new AppError(captureErrors.timeout)), limits.head)
    const over = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', cancel)
    }
    req.on('error', (error) => {
      over()
      reject(cause ?? new AppError(captureErrors.offline, {}, { cause: error }))
    })
    req.on('response', (message) => {
      if (message.socket instanceof TLSSocket) tell(message.socket, place.host, notes)
      const again = () => {
        clearTimeout(timer)
        timer = setTimeout(() => stop(new AppError(captureErrors.timeout)), limits.read)
      }
      again()
      resolve({ status: message.statusCode ?? 0, headers: message.headers, body: bodyOf(message, again, over, () => cause), drop: () => {
        over()
        req.destroy()
      } })
    })
    req.end(body)
  })
}

/** The clock runs while the device is waited for, not while the disk is. */
async function* bodyOf(message: IncomingMessage, again: () => void, over: () => void, cause: () => AppError | null): AsyncGenerator<Buffer, void, undefined> {
  try {
    for await (const piece of message) {
      again()
      yield piece as Buffer
      again()
    }
    if (!message.complete) throw new AppError(captureErrors.offline)
  } catch (error) {
    throw cause() ?? (error instanceof AppError ? error : new AppError(captureErrors.offline, {}, { cause: error }))
  } finally {
    over()
    message.destroy()
  }
}

function tell(socket: TLSSocket, host: string, { selfSigned }: HttpNotes): void {
  if (!socket.authorized) selfSigned?.(host, socket.getPeerCertificate().fingerprint256)
}
