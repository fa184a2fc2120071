import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Signs lists of trust anchors as `scripts/signing-anchors.mjs` does, with a key to throw away. */
export type AnchorSigner = Readonly<{ pinned: readonly string[]; sign(list: unknown): Uint8Array }>

export function anchorSigner(folder: string, name: string): AnchorSigner {
  const key = join(folder, `${name}.key`)
  const openssl = (...args: string[]): Buffer => execFileSync('openssl', args, { stdio: ['ignore', 'pipe', 'pipe'] })
  openssl('req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-noenc', '-keyout', key, '-out', `${key}.crt`, '-days', '30', '-subj', '/CN=List signer', '-addext', 'basicConstraints=critical,CA:FALSE')
  return {
    pinned: [openssl('x509', '-in', `${key}.crt`, '-outform', 'DER').toString('base64')],
    sign: (list) => {
      writeFileSync(`${key}.json`, JSON.stringify(list))
      openssl('cms', '-sign', '-binary', '-nodetach', '-md', 'sha256', '-in', `${key}.json`, '-signer', `${key}.crt`, '-inkey', key, '-outform', 'DER', '-out', `${key}.p7m`)
      return new Uint8Array(readFileSync(`${key}.p7m`))
    },
  }
}

export type ListedAnchor = Readonly<{ name: string; kind: 'root' | 'ca' | 'tsa'; certificate: Uint8Array }>

export const listOf = (issued: string, anchors: readonly ListedAnchor[]): Record<string, unknown> => ({
  format: 'mot-cua-signing-anchors', version: 1, issued, demo: false, note: { vi: 'Thử', en: 'Test' },
  anchors: anchors.map(({ name, kind, certificate }) => ({ name, kind, certificate: Buffer.from(certificate).toString('base64'), demo: false })),
})
