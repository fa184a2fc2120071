import { certificatesOf, childrenOf, first, hexOf, isSelfIssued, namesCertificate, oidText, parseCertificate, parseRevocationList, parseSignedData, TAG } from '../../src-main/identity/pki'
import { factsOf } from '../../src-main/signing/certificate-facts'
import { judgeOcsp, judgeStamp, judgeStampOfDigest, parseOcsp, parseStamp, sha256, signatureStamps, signerCertificateIs, signerParts } from '../../src-main/signing/cms'
import { readEvidence, readSignatures, signedPieces } from '../../src-main/signing/pdf'
import type { PdfSignature } from '../../src-main/signing/ports'

/**
 * What a PAdES baseline signature must be at each level: our list, drawn from the subject of ETSI TS 119 144-4 and the tables of EN 319 142-1 §6.3.
 * The dictionary is read from the bytes here, not by the reader under test. Answers what is not as it must be; nothing when all is.
 */
export function baselineTroubles(bytes: Uint8Array, level: 'B-B' | 'B-T' | 'B-LT'): string[] {
  const all = readSignatures(bytes)
  const signatures = all.filter(({ kind }) => kind === 'signature')
  const timestamps = all.filter(({ kind }) => kind === 'timestamp')
  return [
    ...(signatures.length === 0 ? ['no signature'] : []),
    ...unique(all.map(({ field }) => field)),
    ...signatures.flatMap((one) => [...dictionary(bytes, one, '/ETSI.CAdES.detached'), ...signedData(bytes, one)].map((trouble) => `${one.field}: ${trouble}`)),
    ...timestamps.flatMap((one) => [...dictionary(bytes, one, '/ETSI.RFC3161'), ...documentTimestamp(bytes, one)].map((trouble) => `${one.field}: ${trouble}`)),
    ...(level === 'B-B' ? [] : signatures.flatMap((one) => time(one, timestamps))),
    ...(level === 'B-LT' ? security(bytes, all) : []),
  ]
}

const must = (...rules: readonly (readonly [boolean, string])[]): string[] => rules.filter(([holds]) => !holds).map(([, trouble]) => trouble)
const unique = (names: readonly string[]): string[] => must([new Set(names).size === names.length, 'two fields of one name'], [names.every((name) => /^[\x21-\x7e]+$/u.test(name)), 'a field name that is not ASCII'])

/** The signature dictionary around its /Contents, as text. */
function dictionaryText(bytes: Uint8Array, { range: [, length, second] }: PdfSignature): string {
  const text = Buffer.from(bytes).toString('latin1')
  const start = text.lastIndexOf(' obj', length)
  return text.slice(start, length) + text.slice(second, text.indexOf('endobj', second))
}

function dictionary(bytes: Uint8Array, signature: PdfSignature, subFilter: string): string[] {
  const { range: [from, length, second, rest] } = signature
  const text = dictionaryText(bytes, signature)
  const hex = Buffer.from(bytes.subarray(length, second)).toString('latin1')
  const covered = Buffer.from(bytes.subarray(0, second + rest)).toString('latin1')
  return must(
    [text.includes(`/SubFilter ${subFilter}`) || text.includes(`/SubFilter${subFilter}`), `SubFilter is not ${subFilter}`],
    [/\/Filter ?\/Adobe\.PPKLite/u.test(text), 'no Filter'],
    [subFilter === '/ETSI.RFC3161' || /\/M ?\(D:\d{14}(?:Z|[+-]\d{2}'\d{2}'?)/u.test(text), 'no /M'],
    [!/\/Cert[ ([<]/u.test(text), '/Cert is there'],
    [!text.includes('/DocMDP') && !text.includes('/Reference'), 'a certification signature'],
    [from === 0 && hex.startsWith('<') && hex.endsWith('>') && /^<[0-9a-f]*>$/iu.test(hex), 'ByteRange leaves out more, or less, than Contents'],
    [/%%EOF[\r\n]*$/u.test(covered), 'ByteRange does not end with a revision'],
    [/\/SigFlags 3/u.test(covered), 'no SigFlags 3'],
    [/^0*$/u.test(hex.slice(1 + 2 * first(Buffer.from(hex.slice(1, -1), 'hex')).raw.length, -1)), 'Contents has something behind the CMS'],
  )
}

const CONTENT_TYPE = '1.2.840.113549.1.9.3'
const ALLOWED = new Set([CONTENT_TYPE, '1.2.840.113549.1.9.4', '1.2.840.113549.1.9.16.2.47'])
const STAMP = '1.2.840.113549.1.9.16.2.14'

const attributesOf = (raw: Uint8Array | null): { type: string; values: number }[] => (raw === null ? [] : childrenOf({ ...first(raw), tag: TAG.set }, TAG.set)).map((one) => {
  const [type, values] = childrenOf(one, TAG.sequence)
  return { type: oidText(type?.value ?? new Uint8Array(0)), values: childrenOf(values, TAG.set).length }
})

function signedData(bytes: Uint8Array, signature: PdfSignature): string[] {
  const data = parseSignedData(signature.contents)
  const parts = signerParts(signature.contents)
  const [signer] = data.signers
  const certificate = certificatesOf(data, 16).find((one) => signer !== undefined && namesCertificate(signer, one))
  const signed = attributesOf(parts.signed)
  const members = parts.signed === null ? [] : childrenOf({ ...first(parts.signed), tag: TAG.set }, TAG.set).map(({ raw }) => raw)
  const digest = hexOf(sha256(...signedPieces(bytes, signature)))
  return must(
    [data.signers.length === 1 && parts.signers === 1, 'not exactly one SignerInfo'],
    [data.contentType === '1.2.840.113549.1.7.1' && data.content === null, 'content is not detached data'],
    [signer?.digest === 'SHA-256', 'digest algorithm is not SHA-256'],
    [certificate !== undefined, 'the signing certificate is not there'],
    [certificate !== undefined && signerCertificateIs(parts, certificate) === true, 'ESS signing-certificate-v2 is not of the signer'],
    [signed.length === ALLOWED.size && signed.every(({ type, values }) => ALLOWED.has(type) && values === 1), 'signed attributes are not exactly content-type, message-digest, signing-certificate-v2 (no signing-time)'],
    [[...members].sort((a, b) => Buffer.compare(a, b)).every((raw, index) => raw === members[index]), 'signed attributes are not in DER order'],
    [parts.signed !== null && hexOf(parts.signed).includes(`0420${digest}`), 'message-digest is not that of the ByteRange'],
    [attributesOf(parts.unsigned).every(({ type }) => type === STAMP), 'unsigned attributes beside the time stamp'],
    [data.lists.length === 0, 'lists inside the CMS: they belong in the DSS'],
  )
}

const documentTimestamp = (bytes: Uint8Array, signature: PdfSignature): string[] =>
  must([judgeStampOfDigest(parseStamp(signature.contents), sha256(...signedPieces(bytes, signature))).trouble === null, 'the document timestamp is not over its ByteRange'])

function time(signature: PdfSignature, timestamps: readonly PdfSignature[]): string[] {
  const parts = signerParts(signature.contents)
  const own = signatureStamps(parts).map(parseStamp)
  return must(
    [own.length > 0 || timestamps.some(({ end }) => end > signature.end), `${signature.field}: no time stamp`],
    [own.every((stamp) => judgeStamp(stamp, parts.signature).trouble === null), `${signature.field}: a time stamp that is not over the signature value`],
  )
}

/** Every certificate on every way up to a root is in the DSS (or the CMS), and something that says of each but the roots that it was not revoked. */
function security(bytes: Uint8Array, all: readonly PdfSignature[]): string[] {
  const evidence = readEvidence(bytes)
  const held = evidence.certificates.map(parseCertificate)
  const answers = evidence.ocsp.flatMap((raw) => parseOcsp(raw) ?? [])
  const lists = evidence.lists.map(parseRevocationList)
  const wanted = all.flatMap(({ contents, kind }) => (kind === 'signature' ? [contents, ...signatureStamps(signerParts(contents))] : [contents]))
    .flatMap((cms) => parseSignedData(cms).signers.flatMap((signer) => certificatesOf(parseSignedData(cms), 16).filter((one) => namesCertificate(signer, one))))
  const responders = held.filter(({ extensions }) => extensions.extendedKeyUsage?.includes('1.3.6.1.5.5.7.3.9'))
  return [...wanted, ...responders].flatMap((leaf) => {
    const troubles: string[] = []
    for (let one = leaf; ;) {
      const current = one
      if (!held.some(({ sha256: hash }) => hash === current.sha256)) troubles.push(`not in the DSS: ${current.subject.text}`)
      if (isSelfIssued(current)) break
      const issuer = held.find(({ subject }) => subject.key === current.issuer.key)
      if (issuer === undefined) return [...troubles, `issuer not in the DSS: ${current.issuer.text}`]
      const said = factsOf(current).noCheck || lists.some((list) => list.issuer.key === issuer.subject.key)
        || answers.some((answer) => ['good', 'revoked'].includes(judgeOcsp(answer, { certificate: current, issuer }).state))
      if (!said) troubles.push(`nothing says whether it was revoked: ${current.subject.text}`)
      one = issuer
    }
    return troubles
  })
}
