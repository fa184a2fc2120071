import { createHash } from 'node:crypto'
import { AppError, ERRORS } from '@contract/errors'
import { z } from 'zod'
import { type Certificate, digest, encodeTlv, parseCertificate, schemeOf } from '../../identity/pki'
import { integer, namedBitString, octets, seq, utf8 } from '../der'
import type { CaAnswer, CaConnector } from '../ports'
import { certResponseOf, errorOf, FAILURES, type Failure, pollResponseOf, STATUS, type StatusInfo } from './cmp-answers'
import type { CmpClient } from './cmp-client'
import { BODY, type Message } from './cmp-message'
import { keyBytesOf, readRequest } from './csr'

/** What goes through a restart. */
const State = z.object({
  v: z.literal(1),
  transaction: z.string().regex(/^[0-9a-f]{32}$/),
  recipNonce: z.string().regex(/^[0-9a-f]*$/).nullable(),
  requestId: z.number().int().min(-1),
})
type State = z.infer<typeof State>

const TRANSACTION_BYTES = 16
/** Answers that ask for another asking never make us ask in a rush, nor wait for a day, in seconds. */
const SOONEST = 1
const LATEST = 3600

/** Trouble of the CA that passes. */
const PASSING: readonly Failure[] = ['systemUnavail', 'systemFailure', 'timeNotAvailable']
/** Told to the registration desk, not to the citizen: the connection is set up otherwise than the CA wants. */
const DESK: readonly Failure[] = ['badAlg', 'badMessageCheck', 'wrongIntegrity', 'wrongAuthority', 'signerNotTrusted', 'notAuthorized', 'unsupportedVersion', 'badTime']

const malformed = (): AppError => new AppError(ERRORS.signing.caMalformed, {})
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

/** The same issuance and key are the same transaction, whatever was lost on the way. */
function transactionOf(id: string, csr: Uint8Array): Uint8Array {
  return createHash('sha256').update(id, 'utf8').update('\n').update(keyBytesOf(readRequest(csr).spki.raw)).digest().subarray(0, TRANSACTION_BYTES)
}

const signedInteger = (value: number): Uint8Array => (value < 0 ? encodeTlv(0x02, Uint8Array.of(0xff)) : integer(value))

function refusal(info: StatusInfo): CaAnswer {
  if (info.failures.some((failure) => PASSING.includes(failure))) throw new AppError(ERRORS.signing.caSilent, {})
  if (info.failures.some((failure) => DESK.includes(failure))) throw new AppError(ERRORS.signing.caNotSetUp, { failure: info.failures.join(', ') })
  return { kind: 'refused', text: info.text, failure: info.failures.length > 0 ? info.failures.join(', ') : null }
}

function readable<T>(read: () => T | null): T {
  try {
    const found = read()
    if (found !== null) return found
  } catch {
    throw malformed()
  }
  throw malformed()
}

/** The hash in a confirmation is that of the certificate's own signature (RFC 9810 §5.3.18). */
const confirmationHash = (certificate: Certificate): Uint8Array => digest(schemeOf(certificate.algorithm)?.hash ?? 'SHA-256', certificate.raw)

function confirmation(state: State, certificate: Certificate, accepted: boolean, why: string | null): Uint8Array {
  const text = why === null ? [] : [seq(utf8(why))]
  const status = accepted ? seq(integer(STATUS.accepted)) : seq(integer(STATUS.rejection), ...text, namedBitString(FAILURES.indexOf('badCertTemplate')))
  return seq(seq(octets(confirmationHash(certificate)), signedInteger(state.requestId), status))
}

/** CMP as a connector: PKCS#10 in, certificate out (RFC 9483 §4.1.4, RA mode §5.2). */
export function createCmpConnector(client: CmpClient): Pick<CaConnector, 'request' | 'poll' | 'confirm' | 'alive'> {
  const step = (state: State, kind: 4 | 24 | 25, content: Uint8Array): Promise<Message> => client.exchange({
    transaction: Buffer.from(state.transaction, 'hex'), recipNonce: state.recipNonce === null ? null : Buffer.from(state.recipNonce, 'hex'), kind, content,
  })
  const next = (state: State, answer: Message, requestId: number): string => JSON.stringify({ ...state, requestId, recipNonce: hex(answer.header.senderNonce) } satisfies State)

  function answerOf(state: State, answer: Message): CaAnswer {
    if (answer.kind === BODY.error) return refusal(readable(() => errorOf(answer.content)))
    if (answer.kind === BODY.pollRep) {
      const { requestId, afterSeconds } = readable(() => pollResponseOf(answer.content))
      return { kind: 'waiting', afterSeconds: Math.min(Math.max(afterSeconds, SOONEST), LATEST), state: next(state, answer, requestId) }
    }
    if (answer.kind !== BODY.cp) throw malformed()
    const { requestId, status, certificate, authorities } = readable(() => certResponseOf(answer.content))
    if (status.status === STATUS.waiting) return { kind: 'waiting', afterSeconds: SOONEST, state: next(state, answer, requestId) }
    if (status.status === STATUS.rejection) return refusal(status)
    if ((status.status !== STATUS.accepted && status.status !== STATUS.grantedWithMods) || certificate === null) throw malformed()
    readable(() => parseCertificate(certificate))
    return { kind: 'issued', certificate, chain: [...answer.extra, ...authorities].filter((other) => Buffer.compare(other, certificate) !== 0), state: next(state, answer, requestId) }
  }

  const pollWith = async (state: State): Promise<CaAnswer> => answerOf(state, await step(state, BODY.pollReq, seq(seq(signedInteger(state.requestId)))))

  return {
    request: async ({ id, csr }) => {
      const state: State = { v: 1, transaction: hex(transactionOf(id, csr)), recipNonce: null, requestId: -1 }
      const answer = answerOf(state, await step(state, BODY.p10cr, csr))
      // A CA that still has the transaction open is asked how far it is.
      return answer.kind === 'refused' && answer.failure?.includes('transactionIdInUse') === true ? pollWith(state) : answer
    },
    poll: (state) => pollWith(State.parse(JSON.parse(state))),
    confirm: async (text, certificate, accepted, why) => {
      const state = State.parse(JSON.parse(text))
      const answer = await step(state, BODY.certConf, confirmation(state, parseCertificate(certificate), accepted, why))
      if (answer.kind === BODY.pkiConf) return
      if (answer.kind !== BODY.error) throw malformed()
      const { failures } = readable(() => errorOf(answer.content))
      if (failures.includes('certConfirmed')) return
      throw new AppError(ERRORS.signing.caRefused, { failure: failures.join(', ') })
    },
    alive: () => client.reachable(),
  }
}
