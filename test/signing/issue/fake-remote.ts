import { constants, generateKeyPairSync, type KeyObject, privateEncrypt } from 'node:crypto'
import { AppError } from '@contract/errors'
import { nameDer, uidOf } from '../../../src-main/signing/ca'
import { NAME } from '../../../src-main/signing/certificate-facts'
import type { RemoteSigner, RemoteStatus } from '../../../src-main/signing/ports'
import { caName, EXTENSIONS, makeCertificate } from '../../city/ca/certificates'
import type { FakeCa } from './fake-ca'

export type Phone = 'silent' | 'confirms' | 'refuses' | 'expires'

/** A remote signing service in this process, with the citizen's phone. */
export function fakeRemote(ca: FakeCa, now: () => Date, name = 'CA thử') {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const spki = publicKey.export({ type: 'spki', format: 'der' })
  const accounts = new Map<string, { person: string; active: boolean }>()
  const jobs = new Map<string, readonly Readonly<{ id: string; hash: Uint8Array }>[]>()
  let up = true
  let phone: Phone = 'silent'
  let person = { name: '', idNumber: '' }
  let certificate: Uint8Array | null = null
  const reached = (): void => {
    if (!up) throw new AppError('KS-040')
  }
  const issue = (): Uint8Array => (certificate ??= makeCertificate({
    subject: nameDer([{ type: NAME.country, text: 'VN' }, { type: NAME.commonName, text: person.name }, { type: NAME.id, text: uidOf(person.idNumber) }]), issuer: caName(name), spki,
    issuerSpki: ca.issuing.spki, signingKey: ca.issuing.privateKey, notBefore: new Date(now().getTime() - 60_000), notAfter: new Date(now().getTime() + 365 * 86_400_000), extensions: [EXTENSIONS.endEntity, EXTENSIONS.usage(0, 1)],
  }))
  const signer: RemoteSigner = {
    register: async ({ id, name: fullName, idNumber }) => {
      reached()
      person = { name: fullName, idNumber }
      const account = accounts.get(id) ?? { person: idNumber, active: false }
      accounts.set(id, account)
      return { kind: account.active ? 'ready' : 'waiting', account: `tk-${id}` }
    },
    certificate: async () => {
      reached()
      return { certificates: [issue(), ca.issuing.certificate], scheme: 'rsa-pkcs1' }
    },
    submit: async ({ id, hashes }) => {
      reached()
      jobs.set(id, hashes)
      return `ve-${id}`
    },
    status: async (ticket): Promise<RemoteStatus> => {
      reached()
      const hashes = jobs.get(ticket.slice(3)) ?? []
      if (phone === 'silent') return { kind: 'waiting', afterSeconds: 5 }
      if (phone === 'refuses') return { kind: 'refused', text: 'Chủ tài khoản từ chối' }
      if (phone === 'expires') return { kind: 'expired', text: null }
      return { kind: 'done', signatures: hashes.map(({ id, hash }) => ({ id, value: signHash(privateKey, hash) })) }
    },
    alive: async () => up,
  }
  return { signer, accounts, jobs, activate: () => { for (const account of accounts.values()) account.active = true }, line: (on: boolean) => { up = on }, phone: (does: Phone) => { phone = does } }
}

const DIGEST_INFO = Buffer.from('3031300d060960864801650304020105000420', 'hex')
/** RSASSA-PKCS1-v1_5 over a hash as it is: what a service does that never sees the document. */
const signHash = (key: KeyObject, hash: Uint8Array): Uint8Array => privateEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, Buffer.concat([DIGEST_INFO, hash]))
