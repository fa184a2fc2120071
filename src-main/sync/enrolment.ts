import { AppError, ERRORS } from '@contract/errors'
import type { Audit } from '../audit'
import type { Clock, Store, WriteTx } from '../storage'
import { enrolAtCity } from './city-client'
import { CityFailure, type FailureKind } from './failures'
import { baseOf, type Fetch } from './http'
import { saveLink, saveWardSecret } from './link'
import { generateCounterKey, type PrivateJwk } from './token'
import type { EnrolmentAnswer } from './wire'

export type Enrolled = Pick<EnrolmentAnswer, 'agency' | 'counter'>

/** What else the city said about signatures, for whoever keeps it: in the transaction of the enrolment. */
export type KeepSigning = (tx: WriteTx, signing: NonNullable<EnrolmentAnswer['signing']>, at: Date) => void

export type EnrolmentDeps = Readonly<{ store: Store; audit: Audit; clock: Clock; fetch: Fetch; practice: boolean; timeoutMs: number }>

const LOOPBACK: readonly string[] = ['localhost', '127.0.0.1', '[::1]']
const REFUSALS: readonly FailureKind[] = ['not-found', 'conflict', 'bad-request', 'rejected', 'gone', 'unauthorised']

/** Dossiers travel under TLS, or do not leave the machine. */
export function isSafeAddress(url: URL): boolean {
  return url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.includes(url.hostname))
}

function addressOf(url: string): string {
  const safe = URL.canParse(url) && isSafeAddress(new URL(url))
  if (!safe) throw new AppError(ERRORS.city.enrolmentRefused, { reason: 'address' })
  return baseOf(url).href
}

function refusalOf(error: unknown): unknown {
  if (!(error instanceof CityFailure)) return error
  return REFUSALS.includes(error.kind) ? new AppError(ERRORS.city.enrolmentRefused, { reason: error.kind }, { cause: error }) : new AppError(error.code, {}, { cause: error })
}

/** Enrols; a key whose answer was lost is kept for the next try with the same code, so that the code is not spent in vain. */
export function enrolCounter(deps: EnrolmentDeps): (url: string, code: string, actor: string, keepSigning?: KeepSigning) => Promise<Enrolled> {
  const keys = new Map<string, PrivateJwk>()
  return async (url, code, actor, keepSigning) => {
    const address = addressOf(url)
    const place = `${address} ${code}`
    const privateJwk = keys.get(place) ?? (await generateCounterKey())
    keys.set(place, privateJwk)
    const { clientId, agency, counter, ward, signing } = await ask(deps, address, code, privateJwk)
    deps.store.write((tx) => {
      const cityName = agency.parent === '' ? agency.name : agency.parent
      saveLink(tx, { url: address, clientId, cityName, agency: agency.code, counter, privateJwk, simulated: deps.practice }, deps.clock.now())
      if (ward) saveWardSecret(tx, { agency: agency.code, ...ward }, deps.clock.now())
      if (signing) keepSigning?.(tx, signing, deps.clock.now())
      deps.audit.append(tx, { actor, action: 'city.enrolled', detail: { client: clientId, agency: agency.code, counter, simulated: deps.practice } })
    })
    keys.delete(place)
    return { agency, counter }
  }
}

async function ask({ clock, fetch, timeoutMs }: EnrolmentDeps, url: string, code: string, key: PrivateJwk): Promise<EnrolmentAnswer> {
  try {
    return await enrolAtCity({ url, fetch, timeoutMs, signal: new AbortController().signal, now: () => clock.now() }, code, key)
  } catch (error) {
    throw refusalOf(error)
  }
}
