import { isCivilDate } from './civil-time'

/** The longest text taken from one code, in characters: the largest QR symbol holds 2,953 bytes. */
export const MAX_SCAN_TEXT = 3000

/** What a scanned text is for. Nothing in it is proof of anything: whoever prints a code writes what he likes into it. */
export type ScannedCode =
  /** QR of an identity card; the text is tidied, its fields are not read yet. */
  | { kind: 'card'; text: string }
  /** QR or Code 128 of a receipt: the code as it is printed. */
  | { kind: 'dossier'; code: string }
  /** A sheet between papers in a pile; `component` is the code of the paper that follows, null where it only parts. */
  | { kind: 'separator'; component: string | null }
  /** QR of a leaflet; the code of its procedure. */
  | { kind: 'procedure'; code: string }
  /** QR of a number of the queue; the id of the number. */
  | { kind: 'ticket'; ticket: string }
  /** QR of a rating slip; its token, which only the core can tell from another. */
  | { kind: 'rating-slip'; token: string }
  /** QR of a printed report; the digest of its figures. */
  | { kind: 'report'; digest: string }
  /** The sheet that a reader is tried with; the text as it came. */
  | { kind: 'self-test'; text: string }
  /** Anything else. The text is safe to show: no controls, no direction marks, bounded. */
  | { kind: 'unknown'; text: string }

// STX, ETX, CR, LF, tab, GS/RS/EOT of other standards, byte order mark.
// eslint-disable-next-line no-control-regex
const FRAME = /^[\s\u0000-\u001f\u007f\ufeff]+|[\s\u0000-\u001f\u007f\ufeff]+$/gu
/** AIM symbology identifier (ISO/IEC 15424), which readers can be set to send first: `]Q3`, `]C1`. */
const AIM = /^\][A-Za-z][0-9A-Za-z]/u
// Controls, zero-width and direction characters, private use, lone halves.
// eslint-disable-next-line no-control-regex
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ue000-\uf8ff]|\p{Cs}/gu

/** The text without what a reader wraps around it (frame bytes, AIM identifier), in NFC. Never fails. */
export function normaliseScan(text: string): string {
  const framed = text.slice(0, MAX_SCAN_TEXT + 100).replace(FRAME, '')
  return framed.replace(AIM, '').replace(FRAME, '').normalize('NFC').slice(0, MAX_SCAN_TEXT)
}

const CARD = /^\d{12}(?:\|[^|]*){5,}$/u
const isDay = (text: string | undefined): boolean => text !== undefined && /^\d{8}$/u.test(text.trim())

/** True for a whole card text, pasted or scanned, damaged letters or not. */
export const looksLikeCard = (text: string): boolean => CARD.test(text.replace(FRAME, ''))

/** True for a card text whose numbers and dates are where they belong: nothing is missing and nothing was added to them. */
export function isWholeCard(text: string): boolean {
  const fields = text.split('|')
  const head = /^\d{12}$/u.test(fields[0] ?? '')
  const old = (index: number): boolean => /^(?:\d{9}|\d{12})?$/u.test((fields[index] ?? 'x').trim())
  return head && ((old(1) && isDay(fields[3]) && isDay(fields[6])) || (isDay(fields[2]) && isDay(fields[5])))
}

/** The shapes of `domain.md` §3 as a code prints them; `src-main/intake` reads carelessly typed ones, and a test holds the two together. */
const DOSSIER = /^(?:TH-)?(?:TAM\.[A-Z0-9]{1,8}|\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2}|[GH]\d{2}(?:\.\d{2,3}){0,3})-(\d{8}|\d{6})-\d{4,7}$/u
const AGENCY = /^(?:TH-)?[GH]/u

function isDossierCode(text: string): boolean {
  const short = DOSSIER.exec(text)?.[1]
  if (short === undefined) return false
  // The long date and the long number belong to the ministries' form alone.
  const number = text.slice(text.lastIndexOf('-') + 1)
  if ((short.length === 8 || number.length > 4) && !AGENCY.test(text)) return false
  const day = short.length === 6 ? `20${short}` : short
  return isCivilDate(`${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}`)
}

/** The mark between the parts is written as a colon; a reader that takes itself for another keyboard makes something else of it. */
const OURS = /^MOTCUA[^A-Z0-9\s](TACH|THU)[^A-Z0-9\s]1(?:[^A-Z0-9\s]([\s\S]*))?$/iu
const COMPONENT = /^[a-z0-9][a-z0-9-]{0,39}$/u

/**
 * The text of a separator sheet: `MOTCUA:TACH:1`, or with the code of the paper that follows, `MOTCUA:TACH:1:GIAY-CHUNG-SINH`.
 * Capitals, digits and `:-` only, which a QR packs densely and every keyboard mode carries.
 * @throws RangeError for a code that is none
 */
export function separatorText(component: string | null): string {
  if (component === null) return 'MOTCUA:TACH:1'
  if (!COMPONENT.test(component)) throw new RangeError('no code of a paper')
  return `MOTCUA:TACH:1:${component.toUpperCase()}`
}

/** Of a leaflet; what parts the digits of the code may come as another sign, too. */
const LEAFLET = /^MOTCUA[^A-Z0-9\s]TT[^A-Z0-9\s]1[^A-Z0-9\s](\d)[^A-Z0-9\s](\d{6}(?:[^A-Z0-9\s][A-Z0-9]{2,3}){0,5})$/iu

/** The text of a leaflet's code: `MOTCUA:TT:1:2.000815`. @param code of a procedure */
export const procedureText = (code: string): string => `MOTCUA:TT:1:${code.toUpperCase()}`

function leafletOf(text: string): ScannedCode | null {
  const match = LEAFLET.exec(text)
  return match ? { kind: 'procedure', code: `${match[1] ?? ''}.${(match[2] ?? '').toUpperCase().replace(/[^A-Z0-9]/gu, '.')}` } : null
}

/** At the end of what a telephone shows of a number; a reader that is a keyboard makes other signs of what parts it, and other cases. */
const TICKET = /(?:^|\s)MOTCUA[^A-Z0-9\s]SO[^A-Z0-9\s]1[^A-Z0-9\s]([0-9A-F]{8})[^A-Z0-9\s]([0-9A-F]{4})[^A-Z0-9\s]([0-9A-F]{4})[^A-Z0-9\s]([0-9A-F]{4})[^A-Z0-9\s]([0-9A-F]{12})$/iu

/**
 * The text of a number's code, in one line, so that no reader sends the end as a scan of its own: words for people, then
 * `MOTCUA:SO:1:` and the id. @param ticket a UUID
 */
export const ticketText = (ticket: string, words: string): string => `${words} MOTCUA:SO:1:${ticket}`

function ticketOf(text: string): ScannedCode | null {
  const match = TICKET.exec(text)
  return match ? { kind: 'ticket', ticket: match.slice(1).join('-').toLowerCase() } : null
}

/** The token has no I, L, O, U: what cannot be read wrongly (`SlipToken` of `feedback.ts`). */
const SLIP = /^MOTCUA[^A-Z0-9\s]DG[^A-Z0-9\s]1[^A-Z0-9\s]([0-9A-HJKMNP-TV-Z]{20})$/iu

/** The text of a rating slip's code: `MOTCUA:DG:1:` and the token. */
export const slipText = (token: string): string => `MOTCUA:DG:1:${token}`

function slipOf(text: string): ScannedCode | null {
  const token = SLIP.exec(text)?.[1]
  return token === undefined ? null : { kind: 'rating-slip', token: token.toUpperCase() }
}

const REPORT = /^MOTCUA[^A-Z0-9\s]BC[^A-Z0-9\s]1[^A-Z0-9\s]([0-9A-F]{64})$/iu

/** What the QR of a printed report holds. @param digest SHA-256, hex */
export const reportText = (digest: string): string => `MOTCUA:BC:1:${digest}`

function reportOf(text: string): ScannedCode | null {
  const digest = REPORT.exec(text)?.[1]
  return digest === undefined ? null : { kind: 'report', digest: digest.toLowerCase() }
}

/** The head of the self-test sheet; what follows stands in `SELF_TEST_TEXT` of `reader-test.ts`. */
export const SELF_TEST_HEAD = 'MOTCUA:THU:1:'

function ourSheet(text: string): ScannedCode | null {
  const match = OURS.exec(text)
  if (!match) return null
  if (match[1]?.toUpperCase() === 'THU') return { kind: 'self-test', text }
  const component = match[2]?.toLowerCase().replace(/[^a-z0-9]/gu, '-') ?? null
  return component === null || COMPONENT.test(component) ? { kind: 'separator', component } : null
}

/** What a scanned text is. Pure; never fails; takes any text. */
export function classifyScan(text: string): ScannedCode {
  if (text.length > MAX_SCAN_TEXT + 100) return { kind: 'unknown', text: safeToShow(text) }
  const clean = normaliseScan(text)
  if (looksLikeCard(clean)) return { kind: 'card', text: clean }
  const code = clean.toUpperCase()
  if (isDossierCode(code)) return { kind: 'dossier', code }
  return ourSheet(clean) ?? leafletOf(clean) ?? ticketOf(clean) ?? slipOf(clean) ?? reportOf(clean) ?? { kind: 'unknown', text: safeToShow(clean) }
}

/** A stranger's text for the screen: what steers terminals, hides or turns text is taken out, at most 200 characters. */
export const safeToShow = (text: string): string => [...text.slice(0, 400).replace(UNSAFE, ' ')].slice(0, 200).join('').trim()
