import { protocol, type Session } from 'electron'
import { createAnswer, type Made } from './page-answer'
import type { Powers } from './page-headers'
import { SCHEME } from './protocol-filter'

/** Must be called before the app is ready. */
export function declareScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } }])
}

/**
 * Serves the built pages, and nothing else but what is made, on `app://` in a session.
 * By the older of Electron's two calls: `protocol.handle` asks with the web's `Request` and takes a `Response`, for which Node loads
 * its HTTP client while the first page waits, and hands every file on in pieces, as a stream. Should it go, the compiler says so.
 */
export function serveApp(session: Session, folder: string, made: Made, powers: Powers = 'none'): void {
  const answer = createAnswer(folder, made, powers)
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- see above; the newer call costs every start 25 ms
  session.protocol.registerBufferProtocol(SCHEME, ({ method, url }, callback) => {
    void answer(method, url).then(({ status, headers, body }) => callback({ statusCode: status, headers, data: body }), () => callback({ error: FAILED }))
  })
}

/** Chromium's `net::ERR_FAILED`. */
const FAILED = -2
