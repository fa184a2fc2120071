import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildRequest, type ProviderConfig, type RequestSubject } from '../../../src-main/signing/ca'
import { type Pki, softwareKey } from '../pki'
import type { SignatureScheme } from '@contract/signing'

export const SECRET = 'bí-mật-của-quầy'
export const REFERENCE = 'ward-0001'
export const PERSON: RequestSubject = { fullName: 'Đặng Thị Hường', idNumber: '079192000617', province: 'Tỉnh Nam Bình' }

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')

/** A request as the token would make it. */
export function requestOf(privateKey: KeyObject, scheme: SignatureScheme, subject = PERSON): Promise<Uint8Array> {
  const spki = createPublicKey(createPrivateKey(privateKey.export({ type: 'pkcs8', format: 'pem' }))).export({ type: 'spki', format: 'der' })
  return buildRequest({ subject, spki, scheme, sign: softwareKey(privateKey, scheme, []).sign })
}

/** Everything of the CA but the way to it. */
export function providerAt(url: string, pki: Pki, protection?: NonNullable<ProviderConfig['cmp']>['protection']): ProviderConfig {
  return {
    id: 'ca-thu', name: 'CA Thử', licence: 'thử', kind: 'token', price: { vi: '', en: '' }, years: 3, hotline: '', revokeAt: '', terms: 'demo', demo: true,
    authorities: [base64(pki.root), base64(pki.issuing)], tsaUrl: null, remote: null, phone: null,
    cmp: {
      url, protection: protection ?? { kind: 'secret', reference: REFERENCE, secret: SECRET }, responders: [],
      sender: { country: 'VN', organisation: null, commonName: REFERENCE }, recipient: { country: 'VN', organisation: 'Một Cửa Test', commonName: 'CA' },
    },
  }
}

export type CmpServer = Readonly<{ url: string; log(): string; close(): Promise<void> }>

/** `openssl cmp -port`: the CA that nobody here wrote. It answers every request with the one certificate in `issued`. */
export async function startCmpServer(pki: Pki, issued: Uint8Array, more: readonly string[] = [], { secret = SECRET } = {}): Promise<CmpServer> {
  const file = join(pki.folder, `issued-${String(Math.random()).slice(2)}.der`)
  writeFileSync(file, issued)
  // A server certificate of its own, for answers that are signed.
  const child = spawn('openssl', [
    'cmp', '-port', '0', '-srv_ref', REFERENCE, '-srv_secret', `pass:${secret}`, '-srv_trusted', pki.pem('root'), '-srv_untrusted', pki.pem('issuing'),
    '-rsp_cert', file, '-rsp_extracerts', pki.pem('issuing'), '-rsp_capubs', pki.pem('root'), '-verbosity', '7', ...more,
  ], { cwd: pki.folder, stdio: ['ignore', 'pipe', 'pipe'] })
  let log = ''
  const port = await new Promise<string>((resolve, reject) => {
    const take = (part: Buffer): void => {
      log += part.toString('utf8')
      const found = /ACCEPT \S*:(\d+)/u.exec(log)?.[1]
      if (found !== undefined) resolve(found)
    }
    child.stdout.on('data', take)
    child.stderr.on('data', take)
    child.once('exit', () => { reject(new Error(`openssl cmp ended: ${log.slice(-2000)}`)) })
  })
  return {
    url: `http://127.0.0.1:${port}/pkix/`, log: () => log,
    close: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill('SIGKILL')
      await once(child, 'exit')
    },
  }
}
