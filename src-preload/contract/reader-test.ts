import { type DamageKind, repairText, VIETNAMESE_LETTERS } from './code-damage'
import type { CodeSource } from './code-readers'
import { normaliseScan, SELF_TEST_HEAD } from './codes'

/** Pairs that Telex and VNI turn into one letter. */
const TELEX_PROBE = 'aa dd oow'
const VNI_PROBE = 'a6 d9 o7'
const SIGNS = '|/.,-:;#@()'
const CASES = 'ABCabc'
const DIGITS = '0123456789'
/** The parts of the sheet, between `~`, which no keyboard layout and no input method joins to its neighbours. */
const PARTS = [DIGITS, SIGNS, CASES, TELEX_PROBE, VNI_PROBE, VIETNAMESE_LETTERS] as const

/** The QR of the sheet a reader is tried with: all 134 letters, digits, the signs of cards, and what input methods would change. */
export const SELF_TEST_TEXT = `${SELF_TEST_HEAD}${PARTS.join('~')}~`

/** The code on the sheet's Code 128: of the form of a dossier's, with a number that none has (they begin with 1). */
export const SAMPLE_DOSSIER_CODE = 'TAM.THU-260101-0000'

/**
 * What a reader does to text. `exact`: all came through. `bytes`: letters come byte by byte and can be put together again, but for
 * nine of them. `positions`: keys only, letters with marks are lost. `typed`: it types Telex or VNI itself. `lossy`: some letters are
 * lost. `code-page`: Windows-1258. `cut`: the text breaks off. `strange`: not the sheet.
 */
export type ReaderMode = 'exact' | 'bytes' | 'positions' | 'typed' | 'lossy' | 'code-page' | 'cut' | 'strange'

/**
 * What to do, best first. `keep` nothing · `use-serial` USB-COM (or HID-POS) mode · `use-hid` if there is no such mode ·
 * `set-utf8` the reader's output to UTF-8 · `input-method-off` Unikey, EVKey or ibus · `layout-us` reader and system on one layout ·
 * `caps-lock-off` · `slower` more time between keys · `scan-again`
 */
export type Advice = 'keep' | 'use-serial' | 'use-hid' | 'set-utf8' | 'input-method-off' | 'layout-us' | 'caps-lock-off' | 'slower' | 'scan-again'

export type ReaderReport = Readonly<{
  mode: ReaderMode
  /** Letters of the 134 that came through, those that could be put right among them. */
  through: string
  lost: string
  kinds: readonly DamageKind[]
  inputMethod: 'telex' | 'vni' | 'some' | null
  /** Signs that came as others: the layouts differ. */
  wrongSigns: string
  capsLock: boolean
  advice: readonly Advice[]
}>

const strip = (text: string): string => text.replace(/[^\p{L}\p{N}]/gu, '')

/** Which method changed its probe into letters. */
function methodOf(text: string, told: boolean): ReaderReport['inputMethod'] {
  const telex = !text.includes('aa dd') && /â\s?đ/iu.test(text)
  const vni = !text.includes('a6 d9') && /[âa]\s?đ\s?ơ/iu.test(text.slice(text.lastIndexOf('oow') + 1))
  if (telex) return 'telex'
  if (vni) return 'vni'
  return told ? 'some' : null
}

const swappedCase = (text: string): boolean => text.includes('abcABC') && !text.includes('ABCabc')

function lettersOf(text: string): Readonly<{ through: string; lost: string }> {
  const tail = text.slice(Math.max(0, text.search(/[áÁ]/u)))
  const came = new Set(tail.normalize('NFC'))
  const letters = [...VIETNAMESE_LETTERS]
  return { through: letters.filter((letter) => came.has(letter)).join(''), lost: letters.filter((letter) => !came.has(letter)).join('') }
}

function modeOf(facts: Readonly<{ ours: boolean; through: number; ends: boolean; kinds: readonly DamageKind[]; tail: string; method: ReaderReport['inputMethod'] }>): ReaderMode {
  const { ours, through, ends, kinds, tail, method } = facts
  if (!ours) return 'strange'
  if (kinds.includes('cp1258-as-1252')) return 'code-page'
  if (kinds.includes('utf8-as-1252') || kinds.includes('utf8-as-437')) return 'bytes'
  if (through === VIETNAMESE_LETTERS.length) return 'exact'
  if (through === 0 && /asafaraxaj|a1a2a3a4a5/iu.test(tail)) return 'typed'
  // An input method that is on makes some letters of its own probes.
  if (through === 0 || (method !== null && through < 10)) return ends ? 'positions' : 'cut'
  return ends ? 'lossy' : 'cut'
}

const MODE_ADVICE: Readonly<Record<ReaderMode, readonly Advice[]>> = {
  exact: ['keep'],
  bytes: ['use-serial', 'use-hid'],
  positions: ['use-serial', 'use-hid'],
  typed: ['use-serial', 'use-hid'],
  lossy: ['use-serial', 'use-hid', 'slower'],
  'code-page': ['set-utf8', 'use-serial'],
  cut: ['slower', 'scan-again', 'use-serial'],
  strange: ['scan-again'],
}
/** A reader that sends bytes already has only its code page to change. */
const BYTES_ADVICE: Readonly<Record<ReaderMode, readonly Advice[]>> = {
  exact: ['keep'], bytes: ['set-utf8'], positions: ['set-utf8'], typed: ['set-utf8'], lossy: ['set-utf8'], 'code-page': ['set-utf8'], cut: ['scan-again'], strange: ['scan-again'],
}

/** What the sheet's text tells about a reader. Pure; takes any text. `inputMethod`: one was seen at work while the keys came. */
export function judgeReader(raw: string, source: CodeSource, inputMethod = false): ReaderReport {
  const clean = normaliseScan(raw)
  const repaired = repairText(clean)
  const text = repaired.text
  const head = text.slice(0, 60)
  const ours = /^MOTCUA[^A-Z0-9\s]?THU[^A-Z0-9\s]?1/iu.test(head)
  const { through, lost } = lettersOf(text)
  const method = source === 'keyboard' ? methodOf(text.slice(0, 120), inputMethod) : null
  const body = text.slice(SELF_TEST_HEAD.length)
  const signs = body.slice(DIGITS.length + 1, DIGITS.length + 1 + SIGNS.length)
  const wrongSigns = ours && strip(head.slice(SELF_TEST_HEAD.length)).startsWith(DIGITS) ? Array.from(SIGNS).filter((sign, index) => signs.charAt(index) !== sign).join('') : ours ? SIGNS : ''
  const capsLock = ours && source === 'keyboard' && swappedCase(text)
  // With another layout the last sign is another one, too.
  const ends = /[^\p{L}\p{N}\s]\s*$/u.test(text)
  const kinds = repaired.kinds
  const mode = modeOf({ ours, through: [...through].length, ends, kinds, tail: text.slice(-400), method })
  const byMode = source === 'keyboard' || source === 'clipboard' ? MODE_ADVICE[mode] : BYTES_ADVICE[mode]
  const extra: Advice[] = [...(method ? ['input-method-off' as const] : []), ...(capsLock ? ['caps-lock-off' as const] : []), ...(wrongSigns !== '' && source === 'keyboard' ? ['layout-us' as const] : [])]
  const advice = extra.length > 0 ? [...extra, ...byMode.filter((one) => one !== 'keep')] : byMode
  return { mode, through, lost, kinds, inputMethod: method, wrongSigns, capsLock, advice }
}
