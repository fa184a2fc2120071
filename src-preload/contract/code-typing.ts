// Vietnamese as it is typed without marks: Telex ("Nguyeexn Vawn") and VNI ("Nguye64n Va8n").

/** Marks as Unicode keeps them: on the letter first, the tone after it. */
const CIRCUMFLEX = '\u0302'
const BREVE = '\u0306'
const HORN = '\u031b'
const TONES = { s: '\u0301', f: '\u0300', r: '\u0309', x: '\u0303', j: '\u0323' } as const
const VNI_TONES: Readonly<Record<string, string>> = { 1: TONES.s, 2: TONES.f, 3: TONES.r, 4: TONES.x, 5: TONES.j }
const VOWEL = /[aeiouyAEIOUY]/u

const plain = (letter: string): string => letter.normalize('NFD').charAt(0)
const isMarked = (letter: string): boolean => letter.normalize('NFD').length > 1
const isVowel = (letter: string | undefined): boolean => letter !== undefined && VOWEL.test(plain(letter))

/** The place of the tone by the rules of spelling: a letter with a mark, else before the final consonant, else the last but one (òa, úy, ia). */
function placeOfTone(letters: readonly string[]): number {
  const places = letters.flatMap((letter, index) => (isVowel(letter) ? [index] : []))
  const start = letters.slice(0, 2).map(plain).join('').toLowerCase()
  const vowels = (start === 'gi' || start === 'qu') && places.length > 1 ? places.slice(1) : places
  const marked = vowels.filter((index) => isMarked(letters[index] ?? ''))
  const last = vowels.at(-1) ?? -1
  if (marked.length > 0) return marked.at(-1) ?? last
  if (vowels.length > 1 && last === letters.length - 1) return vowels.at(-2) ?? last
  return last
}

function withTone(letters: readonly string[], tone: string): string {
  const place = placeOfTone(letters)
  return letters.map((letter, index) => (index === place ? letter + tone : letter)).join('').normalize('NFC')
}

/** One word of Telex with its marks: "Nguyeexn" → "Nguyễn". A word without a vowel, or of no such form, comes back as it is. */
export function composeTelex(word: string): string {
  const letters: string[] = []
  let tone = ''
  for (const key of word) {
    const small = key.toLowerCase()
    const twin = letters.findLastIndex((letter) => letter.toLowerCase() === small)
    if (small === 'd' && letters[0]?.toLowerCase() === 'd' && letters.length === 1) letters[0] = letters[0] === 'D' ? 'Đ' : 'đ'
    else if (/[aeo]/u.test(small) && twin >= 0 && letters.slice(twin).every((letter, index) => index === 0 || !isVowel(letter))) letters[twin] = `${letters[twin] ?? ''}${CIRCUMFLEX}`
    else if (small === 'w' && letters.some(isVowel)) hook(letters)
    else if (small in TONES && letters.some(isVowel)) tone = TONES[small as keyof typeof TONES]
    else letters.push(key)
  }
  return letters.some(isVowel) ? withTone(letters, tone) : word
}

/** `w` after a vowel: "uow" → "ươ", "aw" → "ă", "ow" → "ơ", "uw" → "ư". */
function hook(letters: string[]): void {
  const place = letters.findLastIndex((letter) => /^[aou]$/iu.test(letter))
  const letter = letters[place]
  if (letter === undefined) return
  const before = letters[place - 1]
  if (before !== undefined && /^u$/iu.test(before) && /^a$/iu.test(letter)) {
    letters[place - 1] = before + HORN
    return
  }
  letters[place] = letter + (/^a$/iu.test(letter) ? BREVE : HORN)
  if (before !== undefined && /^u$/iu.test(before) && /^o$/iu.test(letter)) letters[place - 1] = before + HORN
}

/** One word of VNI with its marks: "Nguye64n" → "Nguyễn". Digits that follow no letter stay. */
export function composeVni(word: string): string {
  const letters: string[] = []
  let tone = ''
  for (const key of word) {
    const mark = { 6: CIRCUMFLEX, 7: HORN, 8: BREVE }[key]
    const pattern = { 6: /^[aeo]$/iu, 7: /^[ou]$/iu, 8: /^a$/iu }[key]
    const place = pattern ? letters.findLastIndex((letter) => pattern.test(letter)) : -1
    if (key === '9' && /^d$/iu.test(letters[0] ?? '') && letters.length > 0) letters[0] = letters[0] === 'D' ? 'Đ' : 'đ'
    else if (mark !== undefined && place >= 0) letters[place] = `${letters[place] ?? ''}${mark}`
    else if (VNI_TONES[key] !== undefined && letters.some(isVowel)) tone = VNI_TONES[key]
    else letters.push(key)
  }
  return letters.some(isVowel) ? withTone(letters, tone) : word
}

const TELEX_WORD = /aa|ee|oo|dd|^DD|[aou]w|[aeiouy][a-z]{0,2}[sfrxj]$/iu
const VNI_WORD = /[aeiouy][a-z]{0,3}[1-8]|^d9/iu

/** A text of which whole words are in Telex or VNI, with marks; null when it is in neither. Give it names and addresses only. */
export function composeTyped(text: string): Readonly<{ text: string; kind: 'telex' | 'vni' }> | null {
  const words = text.split(/([\s,./\-()]+)/u)
  // "A1" and "P201" are house numbers.
  const vni = (word: string): boolean => VNI_WORD.test(word) && /[a-z]/u.test(word)
  if (words.some(vni)) return { text: words.map((word) => (vni(word) ? composeVni(word) : word)).join(''), kind: 'vni' }
  const telex = (word: string): boolean => TELEX_WORD.test(word)
  if (words.filter(telex).length > 0) return { text: words.map((word) => (telex(word) ? composeTelex(word) : word)).join(''), kind: 'telex' }
  return null
}

const KEYS_TELEX: Readonly<Record<string, string>> = { [CIRCUMFLEX]: '', [BREVE]: 'w', [HORN]: 'w', [TONES.s]: 's', [TONES.f]: 'f', [TONES.r]: 'r', [TONES.x]: 'x', [TONES.j]: 'j' }
const KEYS_VNI: Readonly<Record<string, string>> = { [CIRCUMFLEX]: '6', [BREVE]: '8', [HORN]: '7', [TONES.s]: '1', [TONES.f]: '2', [TONES.r]: '3', [TONES.x]: '4', [TONES.j]: '5' }

/** The keys of a run of letters again; where the run's marks were typed cannot be known, so they stand at its end, as in "QUAY1". */
function keysOf(run: string, keys: Readonly<Record<string, string>>): string {
  let letters = ''
  let after = ''
  for (const letter of run) {
    const [base = '', ...marks] = letter.normalize('NFD')
    const vni = keys === KEYS_VNI
    letters += base.toLowerCase() === 'đ' ? (base === 'Đ' ? 'D' : 'd') + (vni ? '' : 'd') : base
    if (base.toLowerCase() === 'đ' && vni) after += '9'
    for (const mark of marks) {
      if (mark === CIRCUMFLEX && !vni) letters += base
      else after += keys[mark] ?? ''
    }
  }
  const capitals = run === run.toUpperCase()
  return letters + (capitals ? after.toUpperCase() : after)
}

/** What an input method may have been given where only ASCII can have been sent: by Telex, by VNI. Empty when the text is ASCII. */
export function undoInputMethod(text: string): readonly string[] {
  // eslint-disable-next-line no-control-regex
  if (/^[\u0000-\u007f]*$/u.test(text)) return []
  return [KEYS_TELEX, KEYS_VNI].map((keys) => text.normalize('NFC').replace(/\p{L}+/gu, (run) => keysOf(run, keys)))
}
