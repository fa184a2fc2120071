import { z } from 'zod'
import { parseCertificate, type Certificate } from '../../../src-main/identity/pki'
import type { Sql } from '../db'
import { run } from '../db'
import { caName, EXTENSIONS, makeCertificate, newKey, type Signer } from './certificates'

/** The CA's own keys. `tsa` stamps, `ocsp` answers about certificates, `cmp` signs messages to desks that sign theirs. */
export type Role = 'root' | 'issuing' | 'ocsp' | 'tsa' | 'cmp'
export interface RoleSigner extends Signer {
  readonly parsed: Certificate
}
export type Roles = Readonly<Record<Role, RoleSigner>>

export const CA_NAMES = {
  root: 'CA Nam Bình gốc (trình diễn)', issuing: 'CA Nam Bình (trình diễn)', ocsp: 'OCSP CA Nam Bình (trình diễn)', tsa: 'Dấu thời gian Nam Bình (trình diễn)', cmp: 'Máy tiếp nhận CA Nam Bình (trình diễn)',
} as const
/** From the arc for documentation (RFC 5612): it names no real policy. */
export const POLICY = '1.3.6.1.4.1.32473.1.1'

const PURPOSES = { ocsp: '1.3.6.1.5.5.7.3.9', tsa: '1.3.6.1.5.5.7.3.8', cmp: '1.3.6.1.5.5.7.3.27' } as const
const USAGE = { digitalSignature: 0, keyCertSign: 5, crlSign: 6 } as const
/** Years (Decree 23/2025/NĐ-CP: root 25, public CA 10, services 5). */
const YEARS = { root: 25, issuing: 10, service: 5 } as const
const DAY_MS = 86_400_000

const Row = z.object({ role: z.enum(['root', 'issuing', 'ocsp', 'tsa', 'cmp']), certificate: z.instanceof(Uint8Array), private_key: z.instanceof(Uint8Array) })

interface Period { readonly notBefore: Date; readonly notAfter: Date }

function period(now: Date, years: number): Period {
  // Counters whose clock is a day behind take it too.
  const notBefore = new Date(now.getTime() - DAY_MS)
  const notAfter = new Date(notBefore)
  notAfter.setUTCFullYear(notAfter.getUTCFullYear() + years)
  return { notBefore, notAfter }
}

interface Made { readonly certificate: Uint8Array; readonly privateKey: Uint8Array; readonly spki: Uint8Array }

function makeRoot(now: Date): Made {
  const key = newKey()
  const name = caName(CA_NAMES.root)
  const extensions = [EXTENSIONS.authority(1), EXTENSIONS.usage(USAGE.keyCertSign, USAGE.crlSign)]
  return { ...key, certificate: makeCertificate({ subject: name, issuer: name, spki: key.spki, issuerSpki: key.spki, signingKey: key.privateKey, ...period(now, YEARS.root), extensions }) }
}

function makeBelow(issuer: Made, names: readonly [string, string], when: Period, extensions: readonly Uint8Array[]): Made {
  const key = newKey()
  const [subject, above] = names
  return { ...key, certificate: makeCertificate({ subject: caName(subject), issuer: caName(above), spki: key.spki, issuerSpki: issuer.spki, signingKey: issuer.privateKey, ...when, extensions }) }
}

function makeRoles(now: Date, base: string): Readonly<Record<Role, Made>> {
  const root = makeRoot(now)
  const issuing = makeBelow(root, [CA_NAMES.issuing, CA_NAMES.root], period(now, YEARS.issuing), [
    EXTENSIONS.authority(0), EXTENSIONS.usage(USAGE.keyCertSign, USAGE.crlSign), EXTENSIONS.policy('2.5.29.32.0'),
    EXTENSIONS.access(null, `${base}/ca/root.cer`), EXTENSIONS.lists(`${base}/ca/root.crl`),
  ])
  const service = (role: 'ocsp' | 'tsa' | 'cmp', more: readonly Uint8Array[]): Made => makeBelow(issuing, [CA_NAMES[role], CA_NAMES.issuing], period(now, YEARS.service), [
    EXTENSIONS.endEntity, EXTENSIONS.usage(USAGE.digitalSignature), EXTENSIONS.purposes(role === 'tsa', PURPOSES[role]), EXTENSIONS.access(null, `${base}/ca/issuing.cer`), ...more,
  ])
  const lists = EXTENSIONS.lists(`${base}/ca/issuing.crl`)
  return { root, issuing, ocsp: service('ocsp', [EXTENSIONS.noCheck]), tsa: service('tsa', [lists]), cmp: service('cmp', [lists]) }
}

/** The CA's keys, made by whoever needs them first. `base` is where its lists and answers are found. */
export async function rolesOf(sql: Sql, now: Date, base: string): Promise<Roles> {
  const found = await readRoles(sql)
  if (found) return found
  // In one statement: of two that make them at once, one makes all of them.
  const rows = Object.entries(makeRoles(now, base)).flatMap(([role, made]) => [role, made.certificate, made.privateKey])
  await run(sql,
    `insert into ca_roles (role, certificate, private_key, made_at) values ${[2, 5, 8, 11, 14].map((at) => `($${at}, $${at + 1}, $${at + 2}, $1)`).join(', ')} on conflict do nothing returning role`,
    [now.toISOString(), ...rows])
  const made = await readRoles(sql)
  if (!made) throw new Error('the keys of the CA were not kept')
  return made
}

async function readRoles(sql: Sql): Promise<Roles | undefined> {
  const rows = new Map((await sql.all(Row, 'select role, certificate, private_key from ca_roles')).map((row) => [row.role, row]))
  const of = (role: Role): RoleSigner | undefined => {
    const row = rows.get(role)
    return row && { certificate: row.certificate, privateKey: row.private_key, parsed: parseCertificate(row.certificate) }
  }
  const [root, issuing, ocsp, tsa, cmp] = [of('root'), of('issuing'), of('ocsp'), of('tsa'), of('cmp')]
  return root && issuing && ocsp && tsa && cmp ? { root, issuing, ocsp, tsa, cmp } : undefined
}
