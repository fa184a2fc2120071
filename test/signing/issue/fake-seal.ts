import { createHash } from 'node:crypto'
import { parseCertificate } from '../../../src-main/identity/pki'
import { DocumentReport, type SignatureReport } from '@contract/signing'
import { checkValue, signedAttributes } from '../../../src-main/signing/cms'
import { sheetOf } from '../../../src-main/signing/certificate-facts'
import type { Seal } from '../../../src-main/signing/issue'
import type { Judge } from '../../../src-main/signing/desk/ports'


/** Signed as PAdES signs, but beside the paper instead of inside a PDF: the value is real, and checked against the certificate. */
const join = (pdf: Uint8Array, certificate: Uint8Array, value: Uint8Array): Uint8Array =>
  Buffer.concat([pdf, Buffer.from(`\n%%SIG ${JSON.stringify({ c: Buffer.from(certificate).toString('base64'), v: Buffer.from(value).toString('base64') })}`)])
const digestOf = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest()

export const fakeSeal: Seal = {
  sign: async (pdf, key) => {
    const [certificate = new Uint8Array(0)] = key.certificates
    const { set } = signedAttributes(digestOf(pdf), certificate)
    const signature = await key.sign(set)
    checkValue({ set, scheme: key.scheme, signature, certificates: key.certificates }, 'token')
    return { bytes: join(pdf, certificate, signature), level: 'B-B' }
  },
  prepare: async (pdf, { certificates, scheme }) => {
    const [certificate = new Uint8Array(0)] = certificates
    const { hash } = signedAttributes(digestOf(pdf), certificate)
    return { bytes: pdf, state: JSON.stringify({ c: certificates.map((one) => Buffer.from(one).toString('base64')), scheme }), hash }
  },
  finish: async ({ bytes, state }, signature) => {
    const { c, scheme } = JSON.parse(state) as { c: string[]; scheme: 'rsa-pss' | 'rsa-pkcs1' | 'ecdsa-p256' }
    const certificates = c.map((one) => Buffer.from(one, 'base64'))
    const [certificate = Buffer.alloc(0)] = certificates
    const { set } = signedAttributes(digestOf(bytes), certificate)
    checkValue({ set, scheme, signature, certificates }, 'remote')
    return { bytes: join(bytes, certificate, signature), level: 'B-B' }
  },
}

/** Says of the one signature what it is told to say. */
export function fakeJudge(verdict: () => Pick<SignatureReport, 'verdict' | 'why'> & { changed?: boolean }): Judge {
  return {
    validate: async (bytes) => {
      const text = Buffer.from(bytes).toString('latin1')
      const at = text.lastIndexOf('\n%%SIG ')
      const { c } = JSON.parse(text.slice(at + 7)) as { c: string }
      const certificate = parseCertificate(Buffer.from(c, 'base64'))
      const now = '2026-11-23T07:20:00.000Z'
      const { verdict: word, why, changed = false } = verdict()
      const signature: SignatureReport = {
        field: 'S1', kind: 'signature', verdict: word, why, level: 'B-B', signer: sheetOf(certificate, { chain: [certificate], state: 'in-force', demo: true }), anchor: null, time: null, scheme: null,
        revision: 1, revisions: 1, coversWhole: true, later: [], revocation: { state: 'good', source: null, from: null, thisUpdate: null, nextUpdate: null, revokedAt: null }, reason: null, location: null,
      }
      return DocumentReport.parse({ verdict: word, signatures: [signature], changedSince: changed, checkedAt: now, anchorsIssued: '2026-01-01', encrypted: false })
    },
  }
}
