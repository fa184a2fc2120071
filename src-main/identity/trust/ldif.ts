/** An attribute of ICAO's public key directory: master lists, revocation lists and roots, or document signers. */
export type LdifAttribute = Readonly<{ kind: 'list' | 'signers'; value: Uint8Array }>

const KINDS: Readonly<Record<string, LdifAttribute['kind']>> = {
  pkdmasterlistcontent: 'list', cscamasterlistdata: 'list', certificaterevocationlist: 'list', crl: 'list', cacertificate: 'list', usercertificate: 'signers',
}
const MOST_ATTRIBUTES = 50_000
const LINE = /^([A-Za-z][A-Za-z0-9-]*)(?:;binary)?::\s*([A-Za-z0-9+/=]+)$/u

/** The attributes of an LDIF (RFC 2849) that matter here, in order: long lines are folded, binary values are in base64 after two colons. */
export function ldifAttributes(text: string): LdifAttribute[] {
  const found: LdifAttribute[] = []
  for (const line of text.replace(/\r?\n /gu, '').split(/\r?\n/u)) {
    const [, name = '', value = ''] = LINE.exec(line) ?? []
    const kind = KINDS[name.toLowerCase()]
    if (kind === undefined) continue
    if (found.length === MOST_ATTRIBUTES) break
    found.push({ kind, value: new Uint8Array(Buffer.from(value, 'base64')) })
  }
  return found
}
