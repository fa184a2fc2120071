import { AppError } from '@contract/errors'
import { signingErrors } from '@contract/errors/signing'
import { type Certificate, listSignedBy, parseCertificate, parseRevocationList } from '../../identity/pki'
import { factsOf } from '../certificate-facts'
import { type About, judgeOcsp, parseOcsp, revokedAt } from '../cms'
import type { Evidence, RevocationSource } from '../ports'
import { type Known, pathOf } from './paths'
import type { ToProve } from './proofs'

/** What an answer or a list says about one certificate; `asked` just now; `responder` is whom else it hangs on. */
type Said = Readonly<{ asked: boolean; kind: 'ocsp' | 'list'; raw: Uint8Array; revokedAt: Date | null; thisUpdate: Date; responder: Certificate | null }>

export type GatherMeans = Readonly<{ revocation: RevocationSource; known: Known; held: Evidence }>

/**
 * Everything that says that these certificates, and all above them, were in force at their times: chains, OCSP answers, and lists where there is no
 * answer; of the responders too. What the document holds already is not asked again. @throws AppError KS-062, KS-063
 */
export async function gather(wanted: readonly ToProve[], means: GatherMeans): Promise<Evidence> {
  const certificates = new Map<string, Certificate>()
  const said = new Map<string, Said>()
  const prove = async ({ certificate, beside, ...times }: ToProve, listsOnly: boolean): Promise<void> => {
    const path = await pathOf(certificate, { ...means.known, beside: [...beside, ...means.known.beside], fetch: times.fetches ? means.known.fetch : null })
    for (const one of path) certificates.set(one.sha256, one)
    for (const [index, one] of path.entries()) {
      const issuer = path[index + 1]
      if (issuer === undefined || factsOf(one).noCheck) continue
      const before = said.get(one.sha256)
      const answer = before && counts(before, times.since) ? before : await ask({ certificate: one, issuer }, times.since, means, listsOnly)
      if (answer.revokedAt !== null && answer.revokedAt <= times.until) throw new AppError(signingErrors.certificateRevoked)
      said.set(one.sha256, answer)
      const { responder } = answer
      // A responder does not vouch for itself.
      if (responder !== null && responder.sha256 !== issuer.sha256 && !certificates.has(responder.sha256)) await prove({ certificate: responder, beside: path, ...times }, true)
    }
  }
  for (const one of wanted) await prove(one, false)
  const raws = (kind: Said['kind']): Uint8Array[] => unique([...said.values()].filter((one) => one.kind === kind).map(({ raw }) => raw))
  return { certificates: [...certificates.values()].map(({ raw }) => raw), lists: raws('list'), ocsp: raws('ocsp') }
}

/** Nothing newer than what was asked just now is to be had. */
const counts = ({ asked, thisUpdate }: Said, since: Date): boolean => asked || thisUpdate >= since

async function ask(about: About, since: Date, { held, revocation }: GatherMeans, listsOnly: boolean): Promise<Said> {
  const answers = listsOnly ? [] : held.ocsp.map((raw) => readAnswer(raw, about))
  const here = [...answers, ...held.lists.map((raw) => readList(raw, about))].find((one) => one !== null && counts(one, since))
  if (here) return here
  const [certificate, issuer] = [about.certificate.raw, about.issuer.raw]
  const answer = listsOnly ? null : await quiet(revocation.ocsp(certificate, issuer))
  const list = async (): Promise<Said | null> => {
    const raw = await revocation.list(certificate, issuer)
    return raw && readList(raw, about)
  }
  const told = (answer && readAnswer(answer, about)) ?? await list()
  if (told === null) throw new AppError(signingErrors.revocationSilent)
  return { ...told, asked: true }
}

/** A responder that is silent leaves the list. */
const quiet = (asked: Promise<Uint8Array | null>): Promise<Uint8Array | null> => asked.catch((error: unknown) => {
  if (error instanceof AppError && error.code === signingErrors.revocationSilent) return null
  throw error
})

function readAnswer(raw: Uint8Array, { certificate, issuer }: About): Said | null {
  return orNull(() => {
    const answer = parseOcsp(raw)
    const judgement = answer && judgeOcsp(answer, { certificate, issuer })
    if (judgement === null || judgement.state === 'invalid' || judgement.state === 'unknown') return null
    return { asked: false, kind: 'ocsp', raw, revokedAt: judgement.revokedAt, thisUpdate: judgement.thisUpdate, responder: judgement.responder }
  })
}

function readList(raw: Uint8Array, { certificate, issuer }: About): Said | null {
  return orNull(() => {
    const list = parseRevocationList(raw)
    if (list.issuer.key !== issuer.subject.key || list.partial || listSignedBy(list, issuer) !== 'valid') return null
    return { asked: false, kind: 'list', raw, revokedAt: revokedAt(list, certificate.serial), thisUpdate: list.thisUpdate, responder: null }
  })
}

function orNull<T>(read: () => T | null): T | null {
  try {
    return read()
  } catch {
    return null
  }
}

export const unique = (all: readonly Uint8Array[]): Uint8Array[] => [...new Map(all.map((one) => [Buffer.from(one).toString('base64'), one])).values()]

/** What of the evidence is not held yet. */
export function missing(evidence: Evidence, held: Evidence): Evidence {
  const without = (all: readonly Uint8Array[], had: readonly Uint8Array[]): Uint8Array[] => all.filter((one) => !had.some((other) => Buffer.compare(one, other) === 0))
  return { certificates: without(evidence.certificates, held.certificates), lists: without(evidence.lists, held.lists), ocsp: without(evidence.ocsp, held.ocsp) }
}

export const readCertificates = (all: readonly Uint8Array[]): Certificate[] => all.flatMap((raw) => orNull(() => [parseCertificate(raw)]) ?? [])
