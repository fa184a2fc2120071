/** The 134 letters of Vietnamese that ASCII lacks: 67 small ones, then their capitals. NFC. */
export const VIETNAMESE_LETTERS: string = ((small) => small + small.toUpperCase())(
  'áàảãạăắằẳẵặâấầẩẫậđéèẻẽẹêếềểễệíìỉĩịóòỏõọôốồổỗộơớờởỡợúùủũụưứừửữựýỳỷỹỵ',
)

/** What happened to a text on its way through a keyboard. All but `dropped` were undone. */
export type DamageKind = 'utf8-as-1252' | 'utf8-as-437' | 'cp1258-as-1252' | 'dropped' | 'telex' | 'vni'
/** A letter that did not come through: its place in the repaired text (holding U+FFFD) and what it can have been; '' when anything. */
export type LostLetter = Readonly<{ at: number; candidates: string }>
export type Repaired = Readonly<{ text: string; kinds: readonly DamageKind[]; lost: readonly LostLetter[] }>

const LOST = '\ufffd'
/** Bytes 80–9F of Windows-1252; the five that it leaves undefined stand as the control characters that browsers make of them. */
const CP1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'
/** Bytes 80–FF of code page 437, which Alt codes without a leading zero mean. */
const CP437 = 'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0'
/** The bytes that Windows-1252 leaves undefined: a system may drop them, and with them nine letters. */
const UNDEFINED: ReadonlySet<number> = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d])

type Table = ReadonlyMap<string, number>
const tableOf = (characters: string, first: number): Table => new Map([...characters].map((character, index) => [character, first + index]))
/** With Latin-1, where 80–9F are control characters. */
const TO_1252: Table = new Map([...Array.from({ length: 0x80 }, (_, index): [string, number] => [String.fromCharCode(0x80 + index), 0x80 + index]), ...tableOf(CP1252, 0x80)])
const TO_437: Table = tableOf(CP437, 0x80)

const utf8 = new TextEncoder()
/** Letters by their UTF-8 bytes in hexadecimal, with the typographic signs that names and addresses carry. */
const BY_BYTES: ReadonlyMap<string, string> = new Map(Array.from(`${VIETNAMESE_LETTERS}’‘“”–—…`, (letter) => letter).map((letter) => [hex([...utf8.encode(letter)]), letter]))
const LONGEST = 3

function hex(bytes: readonly number[]): string {
  return bytes.map((byte) => byte.toString(16).padStart(2, '0')).join(' ')
}

/** The letter whose bytes were shown one by one from this place on, and how many characters it took. */
function letterAt(characters: readonly string[], from: number, table: Table): Readonly<{ letter: string; length: number }> | null {
  const bytes: number[] = []
  for (const character of characters.slice(from, from + LONGEST)) {
    const byte = table.get(character)
    if (byte === undefined) return null
    bytes.push(byte)
    const letter = BY_BYTES.get(hex(bytes))
    if (letter !== undefined) return { letter, length: bytes.length }
  }
  return null
}

/** Letters that begin with these bytes, of which the next is one that the code page does not know. */
function lostAfter(bytes: readonly number[]): readonly string[] {
  const start = hex(bytes)
  return [...BY_BYTES].filter(([whole]) => whole.startsWith(`${start} `) && UNDEFINED.has(Number.parseInt(whole.slice(start.length + 1, start.length + 3), 16))
    && whole.length === start.length + 3).map(([, letter]) => letter)
}

/** What can have stood where the first bytes of a letter are left; capitals only where the neighbours allow one. */
function brokenAt(characters: readonly string[], from: number, before: string): Readonly<{ candidates: readonly string[]; length: number }> | null {
  for (const length of [2, 1]) {
    const bytes = characters.slice(from, from + length).map((character) => TO_1252.get(character) ?? 0)
    const whole = bytes.length === length && bytes.every((byte) => byte >= 0x80) ? lostAfter(bytes) : []
    const next = characters[from + length] ?? ''
    const inSmall = /\p{Ll}/u.test(before)
    const inCapitals = /\p{Lu}/u.test(before) && /\p{Lu}/u.test(next)
    const candidates = whole.filter((letter) => (inSmall ? /\p{Ll}/u : inCapitals ? /\p{Lu}/u : /\p{L}/u).test(letter))
    if (whole.length > 0) return { candidates: candidates.length > 0 ? candidates : whole, length }
  }
  return null
}

function undoUtf8(text: string, table: Table, kind: DamageKind): Repaired {
  const characters = [...text]
  const lost: LostLetter[] = []
  let out = ''
  for (let at = 0; at < characters.length;) {
    const found = letterAt(characters, at, table)
    const broken = found || table !== TO_1252 ? null : brokenAt(characters, at, out.slice(-1))
    const [only, ...more] = broken?.candidates ?? []
    if (found) out += found.letter
    else if (only !== undefined && more.length === 0) out += only
    else if (broken) {
      lost.push({ at: out.length, candidates: broken.candidates.join('') })
      out += LOST
    } else out += characters[at] ?? ''
    at += found?.length ?? broken?.length ?? 1
  }
  return { text: out, kinds: lost.length > 0 ? [kind, 'dropped'] : [kind], lost }
}

/** Letters that come out when the text is taken as UTF-8 shown in a code page. Text that was never damaged gives none. */
function evidence(text: string, table: Table): number {
  const characters = [...text]
  return characters.filter((_, at) => letterAt(characters, at, table) !== null).length
}

// Windows-1258 (Vietnamese) shown as Windows-1252: base letters that differ, and tone marks that follow their letter.
const CP1258: ReadonlyMap<string, string> = new Map([
  ['Ì', '\u0300'], ['Ò', '\u0309'], ['Þ', '\u0303'], ['ì', '\u0301'], ['ò', '\u0323'],
  ['Ã', 'Ă'], ['ã', 'ă'], ['Ð', 'Đ'], ['ð', 'đ'], ['Õ', 'Ơ'], ['õ', 'ơ'], ['Ý', 'Ư'], ['ý', 'ư'],
])
const CP1258_SIGNS = /[ðÐþÞ]|[âêôăõýÂÊÔÕÝ][ìòÌÒ]/u

/** Letters that Windows-1252 does not have: what holds one was not shown in it. */
const BEYOND_1252 = /[\u0100-\u0151\u0154-\u015f\u0162-\u0177\u0179-\u017c\u01a0-\u01b0\u1ea0-\u1eff]/u

/** Letters replaced by a question mark between letters, as old code pages do. */
function questionMarks(text: string): Repaired {
  const lost = [...text.matchAll(/(?<=\p{L})\?(?=\p{L})|\ufffd/gu)].map((match): LostLetter => ({ at: match.index, candidates: '' }))
  const marked = text.replace(/(?<=\p{L})\?(?=\p{L})/gu, LOST)
  return { text: marked, kinds: lost.length > 0 ? ['dropped'] : [], lost }
}

/**
 * Undoes what keyboards and code pages do to Vietnamese text: UTF-8 typed byte by byte (Windows-1252 or code page 437) and
 * Windows-1258. Letters that cannot be had back stand as U+FFFD and are listed with what they can have been (of the 134, the nine
 * Á Đ Í Ý Ố ề ỏ ọ ờ hold a byte that Windows-1252 does not know). Undamaged text comes back as it is, in NFC. Never fails.
 */
export function repairText(raw: string): Repaired {
  const text = raw.normalize('NFC')
  const as1252 = evidence(text, TO_1252)
  const as437 = evidence(text, TO_437)
  if (as1252 + as437 > 0) return as437 > as1252 ? undoUtf8(text, TO_437, 'utf8-as-437') : undoUtf8(text, TO_1252, 'utf8-as-1252')
  if (CP1258_SIGNS.test(text) && !BEYOND_1252.test(text)) {
    const mended = [...text].map((character) => CP1258.get(character) ?? character).join('').normalize('NFC')
    return { text: mended, kinds: ['cp1258-as-1252'], lost: [] }
  }
  return questionMarks(text)
}

/** The fields of a card that hold Vietnamese letters. */
export type LetteredField = 'fullName' | 'sex' | 'address' | 'extra'
/** Damage to one field: `lost` counts from the field's start. Without `lost` all was undone, and a look at the card settles it. */
export type FieldDamage = Readonly<{ field: LetteredField; kinds: readonly DamageKind[]; lost: readonly LostLetter[] }>

/** The word around a lost letter, for the sentence that asks for it: "Phư_ng". */
export function wordAround(text: string, at: number): string {
  const before = /[^\s,]*$/u.exec(text.slice(0, at))?.[0] ?? ''
  const after = /^[^\s,]*/u.exec(text.slice(at + 1))?.[0] ?? ''
  return `${before}_${after}`.replaceAll(LOST, '_')
}
