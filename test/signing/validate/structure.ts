import { attack, type SmallPdf } from './small-pdf'

/**
 * Breaks a PDF along its structure, where changing single bytes rarely leads: numbers, names and keywords are changed, left out, doubled or put
 * elsewhere, and whole increments are appended. A program is bytes, four to a step, so that the fuzzer can make and break programs.
 */
type Token = Readonly<{ at: number; text: string }>

const TOKENS = /\/[A-Za-z0-9.]+|\d+|\b(?:obj|endobj|stream|endstream|xref|trailer|startxref|R)\b|<<|>>|\[|\]/gu
const WORDS = ['/Contents', '/ByteRange', '/Type', '/Sig', '/V', '/Parent', '/Kids', '/Prev', '/Root', '/Encrypt', '/DSS', '/Annots', '/ObjStm', '/XRef', '<<', '>>', '[', ']', 'R', 'obj', 'endobj', 'stream', '0', '1', '4294967295', '99999999999999', '-1', '/DocTimeStamp', '/ETSI.RFC3161', '/adbe.pkcs7.sha1', '%%EOF', 'startxref']
const ATTACKS: readonly ((pdf: SmallPdf) => SmallPdf)[] = [(pdf) => attack.words(pdf, 'Khac'), attack.overlay, attack.otherPage, attack.otherCatalog, attack.appended, attack.freed]

/** Tokens outside the digits of signatures. */
function tokensOf(text: string): Token[] {
  const hidden = text.replace(/<[0-9a-fA-F]{200,}>/gu, (digits) => ' '.repeat(digits.length))
  return [...hidden.matchAll(TOKENS)].map((match) => ({ at: match.index, text: match[0] }))
}

const cut = (text: string, from: number, to: number, between = ''): string => text.slice(0, from) + between + text.slice(to)

type Step = (text: string, token: Token, other: Token, argument: number) => string
const STEPS: readonly Step[] = [
  (text, { at, text: old }, _other, argument) => cut(text, at, at + old.length, WORDS[argument % WORDS.length]),
  (text, { at, text: old }, other) => cut(text, at, at + old.length, other.text),
  (text, { at, text: old }, _other, argument) => (/^\d+$/u.test(old) ? cut(text, at, at + old.length, String(Math.max(0, Number(old) + argument - 128)).padStart(old.length, '0')) : text),
  (text, { at, text: old }, _other, argument) => (/^\d+$/u.test(old) ? cut(text, at, at + old.length, String(Number(old) * (argument + 1))) : text),
  (text, { at, text: old }) => cut(text, at, at + old.length, ' '.repeat(old.length)),
  (text, { at }, other, argument) => cut(text, at, at, text.slice(other.at, other.at + argument * 4)),
  (text, { at }, other) => cut(text, Math.min(at, other.at), Math.max(at, other.at)),
  (text, { at }) => text.slice(0, at),
  // The last cross-reference table once more, bent by what other steps do: an increment that says where everything is.
  (text, _token, _other, argument) => text + text.slice(text.lastIndexOf('xref\n', text.lastIndexOf('startxref') - 1)).replace(/\d{10}/u, String(argument * 37).padStart(10, '0')),
  (text, { at }, other) => text + text.slice(Math.min(at, other.at), Math.max(at, other.at)) + text.slice(text.lastIndexOf('startxref')),
]

export function restructured(seeds: readonly SmallPdf[], program: Uint8Array): Uint8Array {
  const [which = 0, increments = 0] = program
  let pdf = seeds[which % seeds.length] ?? { bytes: new Uint8Array(0) } as SmallPdf
  for (let bit = 0; bit < ATTACKS.length; bit += 1) if ((increments >> bit & 1) === 1) pdf = ATTACKS[bit]?.(pdf) ?? pdf
  let text = Buffer.from(pdf.bytes).toString('latin1')
  for (let at = 2; at + 6 <= program.length && at < 2 + 6 * 8; at += 6) {
    const tokens = tokensOf(text)
    const [op = 0, high = 0, low = 0, high2 = 0, low2 = 0, argument = 0] = program.subarray(at, at + 6)
    const [token, other] = [tokens[(high * 256 + low) % tokens.length], tokens[(high2 * 256 + low2) % tokens.length]]
    if (token === undefined || other === undefined || text.length > 400_000) break
    text = STEPS[op % STEPS.length]?.(text, token, other, argument) ?? text
  }
  return new Uint8Array(Buffer.from(text, 'latin1'))
}
