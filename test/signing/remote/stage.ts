import { execFileSync } from 'node:child_process'
import { createHash, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RemoteSigner } from '../../../src-main/signing/ports'
import { createRemoteSigner, RemoteConfig } from '../../../src-main/signing/remote'
import { type City, doors, startCity, type CityOptions } from '../../city'
import { phone, type Phone } from '../../city/remote'
import { createPki, type Pki } from '../pki'

export const DIALECTS = ['gateway', 'csc'] as const
export type DialectName = (typeof DIALECTS)[number]

export const PERSON = { idNumber: '079199000123', name: 'NGUYỄN THỊ VÍ DỤ', phone: '0903517284', province: 'Thành phố Hồ Chí Minh' } as const

/** A city with a remote signing service whose accounts are certified by a CA to throw away. */
export type Stage = Readonly<{
  pki: Pki
  city: City
  phone: Phone
  door(path: string, body: unknown): Promise<void>
  fault: ReturnType<typeof doors>['fault']
  clock(seconds: number): Promise<void>
  revokeTokens(): Promise<void>
  signer(dialect: DialectName, change?: Readonly<Record<string, unknown>>): Promise<RemoteSigner>
  /** An account that the citizen has activated. */
  account(signer: RemoteSigner, key?: 'rsa-2048' | 'p-256', idNumber?: string): Promise<string>
  close(): Promise<void>
}>

export async function openStage(options: CityOptions = {}): Promise<Stage> {
  const pki = await createPki()
  const city = await startCity({ doors: true, issuer: { issue: async (csr) => ({ certificate: pki.issue(csr), chain: [pki.issuing] }) }, ...options })
  const thumb = phone(city.url)
  const { fault, clock, revokeTokens } = doors(city.url)
  return {
    pki, city, phone: thumb, fault, clock, revokeTokens,
    door: async (path, body) => {
      const response = await fetch(`${city.url}/doors/${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
      if (!response.ok) throw new Error(`door ${path}: ${response.status}`)
    },
    signer: async (dialect, change = {}) => {
      const connections = await (await fetch(`${city.url}/doors/remote-connections`)).json() as Record<DialectName, object>
      return createRemoteSigner({ config: RemoteConfig.parse({ ...connections[dialect], ...change }) })
    },
    account: async (signer, key = 'rsa-2048', idNumber = PERSON.idNumber) => {
      const id = randomUUID()
      await signer.register({ ...PERSON, id, idNumber })
      await thumb.activate(id, key)
      const ready = await signer.register({ ...PERSON, id, idNumber })
      if (ready.kind !== 'ready') throw new Error(`account is ${ready.kind}`)
      return ready.account
    },
    close: async () => {
      await city.close()
      await pki.close()
    },
  }
}

/** Something to sign, and its hash. */
export const CONTENT = Buffer.from('SET của các thuộc tính được ký')
export const hashOf = (bytes: Uint8Array): Uint8Array => new Uint8Array(createHash('sha256').update(bytes).digest())

/** What OpenSSL says about a signature over these bytes, by the key of this certificate. */
export function judgedByOpenssl(certificate: Uint8Array, signature: Uint8Array, bytes: Uint8Array, pss = false): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'remote-signature-'))
  try {
    const file = (name: string, content: Uint8Array | string): string => {
      writeFileSync(join(folder, name), content)
      return join(folder, name)
    }
    const pem = execFileSync('openssl', ['x509', '-inform', 'DER', '-in', file('certificate.der', certificate), '-pubkey', '-noout'], { encoding: 'utf8' })
    const how = pss ? ['-sigopt', 'rsa_padding_mode:pss', '-sigopt', 'rsa_pss_saltlen:32', '-sigopt', 'rsa_mgf1_md:sha256'] : []
    const said = execFileSync('openssl', ['dgst', '-sha256', '-verify', file('key.pem', pem), ...how, '-signature', file('signature', signature), file('content', bytes)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
    return said.includes('Verified OK')
  } catch {
    return false
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
