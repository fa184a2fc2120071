import { protocol, type Session } from 'electron'
import { createAnswer, type Made } from './page-answer'
import { SCHEME } from './protocol-filter'

/** Must be called before the app is ready. */
export function declareScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } }])
}

/** Serves the built pages, and nothing else but what is made, on `app://` in a session. */
export function serveApp(session: Session, folder: string, made: Made): void {
  const answer = createAnswer(folder, made)
  session.protocol.handle(SCHEME, (request) => answer(request.method, request.url))
}
