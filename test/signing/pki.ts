import { execFileSync } from 'node:child_process'
import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { KeyKind, SignatureScheme } from '@contract/signing'
import type { SigningKey } from '../../src-main/signing/ports'
import { configuration, userExtensions } from './pki/config'
import { type Servers, startServers } from './pki/servers'
import { softwareKey } from './pki/software-key'

export { softwareKey }

/**
 * A public-key infrastructure to throw away, made by OpenSSL: root, issuing CA, time stamping authority, OCSP responder, lists. The
 * servers run in this process: whoever starts a program that asks them must not block (no `execFileSync`).
 */
export type Pki = Readonly<{
  folder: string
  root: Uint8Array
  issuing: Uint8Array
  tsa: Readonly<{ url: string; certificate: Uint8Array }>
  ocsp: Readonly<{ url: string; certificate: Uint8Array }>
  crl: Readonly<{ url: string }>
  servers: Servers
  user(wish?: UserWish): PkiUser
  /** A certificate for a request that was made elsewhere (PKCS#10, DER), with the request's name. */
  issue(csr: Uint8Array, wish?: Omit<UserWish, 'name' | 'idNumber' | 'key'>): Uint8Array
  /** Revokes and publishes the list anew; the OCSP responder knows at once. */
  revoke(certificate: Uint8Array, reason?: string): void
  /** The newest lists. `root`: about the issuing CA. */
  list(of?: 'issuing' | 'root'): Uint8Array
  /** Signs new lists; with dates (YYYYMMDDHHMMSSZ) where they must not be now. */
  publish(dates?: Readonly<{ last: string; next: string }>): void
  /** A folder for `pdfsig -nssdir sql:<folder>`. */
  nssFolder(with_?: Readonly<{ root?: boolean; list?: boolean }>): string
  pem(name: 'root' | 'issuing' | 'tsa' | 'ocsp'): string
  close(): Promise<void>
}>

export type UserWish = Readonly<{
  name?: string
  /** Twelve digits. */
  idNumber?: string
  key?: KeyKind
  keyUsage?: string
  extendedKeyUsage?: string
  /** `both` OCSP and list, only the list, or no address at all. */
  addresses?: 'both' | 'crl' | 'none'
  state?: 'in-force' | 'expired' | 'not-yet'
}>

export type PkiUser = Readonly<{ name: string; idNumber: string; certificate: Uint8Array; certificates: readonly Uint8Array[]; privateKey: KeyObject; keyFile: string; certificateFile: string; key(scheme?: SignatureScheme): SigningKey }>

/** True where OpenSSL 3 is installed. */
export function hasOpenssl(): boolean {
  try {
    return execFileSync('openssl', ['version'], { encoding: 'utf8' }).startsWith('OpenSSL 3')
  } catch {
    return false
  }
}

const DAY = 24 * 3600 * 1000
const stampOf = (at: Date): string => `${at.toISOString().replace(/\D/gu, '').slice(0, 14)}Z`
/** Before all certificates that it issues. */
const FOUNDED = stampOf(new Date(Date.now() - 500 * DAY))
const PERIODS = { 'in-force': [-1, 900], expired: [-400, -10], 'not-yet': [10, 300] } as const

export async function createPki({ country = 'VN', label = 'Một Cửa Test' }: { country?: string; label?: string } = {}): Promise<Pki> {
  const folder = mkdtempSync(join(tmpdir(), 'signing-pki-'))
  const servers = await startServers(folder)
  const { base } = servers
  const run = (...args: string[]): Buffer => execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
  const read = (file: string): Uint8Array => new Uint8Array(readFileSync(join(folder, file)))
  const write = (file: string, content: string | Uint8Array): void => writeFileSync(join(folder, file), content)
  const newKey = (name: string, kind: KeyKind): KeyObject => {
    const { privateKey } = kind === 'p-256' ? generateKeyPairSync('ec', { namedCurve: 'P-256' }) : generateKeyPairSync('rsa', { modulusLength: kind === 'rsa-3072' ? 3072 : 2048 })
    write(`${name}.key`, privateKey.export({ type: 'pkcs8', format: 'pem' }))
    return privateKey
  }
  const request = (name: string, subject: string): void => void run('req', '-new', '-utf8', '-config', 'config', '-key', `${name}.key`, '-subj', subject, '-out', `${name}.csr`)
  const der = (name: string): Uint8Array => {
    run('x509', '-in', `${name}.pem`, '-outform', 'DER', '-out', `${name}.der`)
    return read(`${name}.der`)
  }
  const issueAs = (name: string, ca: string, section: string, ...more: string[]): Uint8Array => {
    run('ca', '-batch', '-notext', '-utf8', '-preserveDN', '-config', 'config', '-name', ca, '-in', `${name}.csr`, '-extensions', section, '-out', `${name}.pem`, ...more)
    return der(name)
  }
  const publish: Pki['publish'] = (dates) => {
    for (const name of ['root', 'issuing']) {
      run('ca', '-config', 'config', '-name', `${name}_ca`, '-gencrl', '-out', `${name}-crl.pem`, ...(dates ? ['-crl_lastupdate', dates.last, '-crl_nextupdate', dates.next] : []))
      run('crl', '-in', `${name}-crl.pem`, '-outform', 'DER', '-out', `${name}-crl.der`)
    }
  }

  write('config', configuration(base))
  for (const [index, serial] of [['root-index.txt', 'root-serial'], ['index.txt', 'serial']] as const) {
    write(index, '')
    write(`${index}.attr`, 'unique_subject = no\n')
    write(serial, '1000\n')
  }
  write('tsa-serial', '01\n')
  newKey('root', 'rsa-2048')
  request('root', `/C=${country}/O=${label}/CN=${label} Root`)
  const root = issueAs('root', 'root_ca', 'root', '-selfsign', '-keyfile', 'root.key', '-startdate', FOUNDED)
  const authority = (name: string, ca: string, kind: KeyKind, title: string): Uint8Array => {
    newKey(name, kind)
    request(name, `/C=${country}/O=${label}/CN=${label} ${title}`)
    return issueAs(name, ca, name, '-startdate', FOUNDED)
  }
  const issuing = authority('issuing', 'root_ca', 'rsa-2048', 'Issuing CA')
  const tsa = authority('tsa', 'issuing_ca', 'rsa-2048', 'TSA')
  const ocsp = authority('ocsp', 'issuing_ca', 'p-256', 'OCSP')
  publish()

  let count = 0
  const issueUser = (name: string, { keyUsage = 'digitalSignature,nonRepudiation', extendedKeyUsage, addresses = 'both', state = 'in-force' }: UserWish): Uint8Array => {
    write(`${name}.ext`, userExtensions(base, { keyUsage, extendedKeyUsage: extendedKeyUsage ?? null, addresses }))
    const [from, to] = PERIODS[state].map((days) => stampOf(new Date(Date.now() + days * DAY)))
    return issueAs(name, 'issuing_ca', 'user', '-extfile', `${name}.ext`, '-startdate', from ?? '', '-enddate', to ?? '')
  }

  return {
    folder, root, issuing, servers, publish,
    tsa: { url: `${base}/tsa`, certificate: tsa }, ocsp: { url: `${base}/ocsp`, certificate: ocsp }, crl: { url: `${base}/issuing.crl` },
    user: (wish = {}) => {
      count += 1
      const id = `user-${count}`
      const { name = `Nguyễn Thị Mẫu ${count}`, idNumber = String(79_300_000_000 + count).padStart(12, '0'), key: kind = 'rsa-2048' } = wish
      const privateKey = newKey(id, kind)
      request(id, `/C=VN/ST=Tỉnh Nam Bình/CN=${name}/UID=CCCD:${idNumber}`)
      const certificate = issueUser(id, wish)
      const certificates = [certificate, issuing]
      return {
        name, idNumber, certificate, certificates, privateKey, keyFile: join(folder, `${id}.key`), certificateFile: join(folder, `${id}.pem`),
        key: (scheme = kind === 'p-256' ? 'ecdsa-p256' : 'rsa-pss') => softwareKey(privateKey, scheme, certificates),
      }
    },
    issue: (csr, wish = {}) => {
      count += 1
      write(`csr-${count}.der`, csr)
      run('req', '-inform', 'DER', '-in', `csr-${count}.der`, '-out', `csr-${count}.csr`)
      return issueUser(`csr-${count}`, wish)
    },
    revoke: (certificate, reason = 'keyCompromise') => {
      write('revoked.der', certificate)
      run('x509', '-inform', 'DER', '-in', 'revoked.der', '-out', 'revoked.pem')
      run('ca', '-config', 'config', '-name', Buffer.compare(certificate, issuing) === 0 ? 'root_ca' : 'issuing_ca', '-revoke', 'revoked.pem', '-crl_reason', reason)
      publish()
    },
    list: (of = 'issuing') => read(`${of}-crl.der`),
    nssFolder: ({ root: trusted = true, list = false } = {}) => {
      count += 1
      const store = join(folder, `nss-${count}`)
      mkdirSync(store)
      const nss = (program: string, ...args: string[]): void => void execFileSync(program, [...args, '-d', `sql:${store}`], { cwd: folder, stdio: 'pipe' })
      nss('certutil', '-N', '--empty-password')
      if (trusted) nss('certutil', '-A', '-n', 'root', '-t', 'C,C,C', '-i', 'root.der')
      nss('certutil', '-A', '-n', 'issuing', '-t', ',,', '-i', 'issuing.der')
      if (list) nss('crlutil', '-I', '-i', 'issuing-crl.der')
      return store
    },
    pem: (name) => join(folder, `${name}.pem`),
    close: async () => {
      await servers.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
