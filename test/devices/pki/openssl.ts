import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Certificates, lists and CMS made by OpenSSL: software that nobody here wrote. */
export type OpensslPki = Readonly<{
  folder: string
  /** Makes a private key: `EC <curve> [explicit]`, `RSA <bits>` or `RSA-PSS <bits>`. */
  key(name: string, kind: string): void
  /** Makes a certificate. Without an issuer it signs itself. `section` names extensions of the configuration below. */
  certificate(name: string, wish: { subject: string; section: Section; hash?: string; issuer?: string; issuerKey?: string; key?: string; serial?: number; pss?: string[] }): Uint8Array
  /** Signs content as CMS with the certificate and key of a name. */
  cms(content: Uint8Array, signer: string, options?: { hash?: string; key?: string; type?: string; more?: string[] }): Uint8Array
  /** A revocation list of an issuer over these names of certificates. */
  list(issuer: string, revoked: readonly string[], hash?: string): Uint8Array
  remove(): void
}>
export type Section = 'csca' | 'ds' | 'ds_no_sign' | 'not_ca' | 'list_signer'

const CONFIG = `[req]
distinguished_name = dn
prompt = no
[dn]
C = UT
[csca]
basicConstraints = critical,CA:TRUE,pathlen:0
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[ds]
keyUsage = critical,digitalSignature
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[ds_no_sign]
keyUsage = critical,keyEncipherment
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[not_ca]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
subjectKeyIdentifier = hash
[list_signer]
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,2.23.136.1.1.3
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[ca]
default_ca = this
[this]
database = index.txt
default_crl_days = 3650
default_md = sha256
`

/** True where the program `openssl` 3 is installed. */
export function hasOpenssl(): boolean {
  try {
    return execFileSync('openssl', ['version'], { encoding: 'utf8' }).startsWith('OpenSSL 3')
  } catch {
    return false
  }
}

export function opensslPki(): OpensslPki {
  const folder = mkdtempSync(join(tmpdir(), 'pki-'))
  writeFileSync(join(folder, 'config'), CONFIG)
  const run = (...args: string[]): void => void execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] })
  const read = (file: string): Uint8Array => new Uint8Array(readFileSync(join(folder, file)))
  return {
    folder,
    key: (name, kind) => {
      const [type = '', size = '', explicit] = kind.split(' ')
      if (type === 'EC') run('genpkey', '-algorithm', 'EC', '-pkeyopt', `ec_paramgen_curve:${size}`, '-pkeyopt', `ec_param_enc:${explicit ?? 'named_curve'}`, '-out', `${name}.key`)
      else run('genpkey', '-algorithm', type, '-pkeyopt', `rsa_keygen_bits:${size}`, '-out', `${name}.key`)
    },
    certificate: (name, { subject, section, hash = 'sha256', issuer, issuerKey = issuer, key = name, serial = 1, pss = [] }) => {
      const options = pss.flatMap((option) => ['-sigopt', option])
      if (issuer === undefined) {
        run('req', '-new', '-x509', '-key', `${key}.key`, '-subj', subject, '-config', 'config', '-extensions', section, `-${hash}`, '-days', '3650', '-set_serial', String(serial), '-out', `${name}.pem`, ...options)
      } else {
        run('req', '-new', '-key', `${key}.key`, '-subj', subject, '-config', 'config', '-out', `${name}.csr`)
        run('x509', '-req', '-in', `${name}.csr`, '-CA', `${issuer}.pem`, '-CAkey', `${issuerKey}.key`, '-extfile', 'config', '-extensions', section, `-${hash}`, '-days', '3650', '-set_serial', String(serial), '-out', `${name}.pem`, ...options)
      }
      run('x509', '-in', `${name}.pem`, '-outform', 'DER', '-out', `${name}.der`)
      return read(`${name}.der`)
    },
    cms: (content, signer, { hash = 'sha256', key = signer, type = '2.23.136.1.1.1', more = [] } = {}) => {
      writeFileSync(join(folder, 'content'), content)
      run('cms', '-sign', '-in', 'content', '-binary', '-nodetach', '-nosmimecap', '-econtent_type', type, '-signer', `${signer}.pem`, '-inkey', `${key}.key`, '-md', hash, '-outform', 'DER', '-out', 'signed', ...more)
      return read('signed')
    },
    list: (issuer, revoked, hash = 'sha256') => {
      writeFileSync(join(folder, 'index.txt'), '')
      writeFileSync(join(folder, 'index.txt.attr'), 'unique_subject = no\n')
      const ca = ['ca', '-config', 'config', '-cert', `${issuer}.pem`, '-keyfile', `${issuer}.key`, '-md', hash]
      for (const name of revoked) run(...ca, '-revoke', `${name}.pem`)
      run(...ca, '-gencrl', '-out', 'list.pem')
      run('crl', '-in', 'list.pem', '-outform', 'DER', '-out', 'list.der')
      return read('list.der')
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
