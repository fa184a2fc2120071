import { randomBytes } from 'node:crypto'
import { AppError } from '@contract/errors'
import { signingErrors } from '@contract/errors/signing'
import { type Certificate, isStale, LARGEST_CERTIFICATE, LARGEST_LIST, listSignedBy, parseCertificate, parseRevocationList } from '../../identity/pki'
import { factsOf } from '../certificate-facts'
import { algorithm, ctx, nothing, octets, oid, seq } from '../der'
import type { RevocationSource } from '../ports'
import { sha1 } from './algorithms'
import type { Fetcher } from './fetcher'
import { judgeOcsp, keyBits, ocspIsFresh, parseOcsp } from './ocsp'
import { OID } from './oids'
import { serialNumber } from './signed-attributes'

const LARGEST_OCSP = 64 * 1024
const NONCE_BYTES = 16

const silent = (cause?: unknown): AppError => new AppError(signingErrors.revocationSilent, {}, { cause })

/** Whatever goes wrong while asking is the same for who asked: no answer. */
async function orSilent<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act()
  } catch (cause) {
    throw cause instanceof AppError && cause.code === signingErrors.revocationSilent ? cause : silent(cause)
  }
}

/**
 * Asks the addresses that certificates name. What comes back was signed by who may, is about this certificate and is new enough; what it says is for
 * the caller. Ask only about certificates whose chain is known: an address in any other is anybody's.
 */
export function createRevocationSource(fetcher: Fetcher, { now = () => new Date() }: Readonly<{ now?: () => Date }> = {}): RevocationSource {
  return {
    /** OCSPResponse, DER. @throws AppError KS-062 */
    ocsp: (certificateBytes, issuerBytes) => orSilent(async () => {
      const [certificate, issuer] = [parseCertificate(certificateBytes), parseCertificate(issuerBytes)]
      const { ocsp: url } = factsOf(certificate)
      if (url === null) return null
      const nonce = octets(randomBytes(NONCE_BYTES))
      const raw = await fetcher({ url, body: ocspRequest(certificate, issuer, nonce), type: 'application/ocsp-request', accept: 'application/ocsp-response', most: LARGEST_OCSP })
      const answer = parseOcsp(raw)
      // Responders that answer from stock leave the nonce out (RFC 5019 §4); another one than ours is an answer to somebody else.
      if (answer === null || (answer.nonce !== null && Buffer.compare(answer.nonce, nonce) !== 0)) throw silent()
      const judgement = judgeOcsp(answer, { certificate, issuer })
      if (judgement.state === 'invalid' || !ocspIsFresh(judgement, now())) throw silent()
      return answer.raw
    }),
    /** CertificateList, DER. @throws AppError KS-062 */
    list: (certificateBytes, issuerBytes) => orSilent(async () => {
      const [certificate, issuer] = [parseCertificate(certificateBytes), parseCertificate(issuerBytes)]
      const { crl: url } = factsOf(certificate)
      if (url === null) return null
      const list = parseRevocationList(await fetcher({ url, accept: 'application/pkix-crl', most: LARGEST_LIST }))
      const good = list.issuer.key === issuer.subject.key && listSignedBy(list, issuer) === 'valid' && !list.partial && !isStale(list, now())
      if (!good) throw silent()
      return list.raw
    }),
  }
}

/** OCSPRequest about one certificate (RFC 6960 §4.1). The certificate's id is by SHA-1, which every responder knows (RFC 5019 §2.1.1); nothing hangs on its strength. */
function ocspRequest(certificate: Certificate, issuer: Certificate, nonce: Uint8Array): Uint8Array {
  const id = seq(algorithm(OID.sha1, nothing()), octets(sha1(certificate.issuer.raw)), octets(sha1(keyBits(issuer))), serialNumber(certificate))
  return seq(seq(seq(seq(id)), ctx(2, seq(seq(oid(OID.ocspNonce), octets(nonce))))))
}

/** Fetches what issued a certificate from the address that it names (caIssuers, RFC 5280 §4.2.2.1); null without an address, an answer, or for what did not issue it. */
export type IssuerSource = (certificate: Uint8Array) => Promise<Uint8Array | null>

export const createIssuerSource = (fetcher: Fetcher): IssuerSource => async (bytes) => {
  try {
    const certificate = parseCertificate(bytes)
    const { caIssuers: url } = factsOf(certificate)
    if (url === null) return null
    const issuer = parseCertificate(await fetcher({ url, accept: 'application/pkix-cert', most: LARGEST_CERTIFICATE }))
    return issuer.subject.key === certificate.issuer.key ? issuer.raw : null
  } catch {
    return null
  }
}
