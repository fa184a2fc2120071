import places from '@resources/voice/vi.json'

/** A recorded word, by its name in `resources/voice/vi.json`. */
export type Clip = keyof typeof places
/** What is played in a row; `pause` is the comma of a sentence. */
export type Said = Clip | 'pause'
/** A call in both ways of saying it: a sentence for the system's voice, recorded words where there is none. */
export type Spoken = Readonly<{ sentence: string; clips: readonly Said[] }>

type Word = Readonly<{ clip: Clip; text: string }>

const DIGITS = ['không', 'một', 'hai', 'ba', 'bốn', 'năm', 'sáu', 'bảy', 'tám', 'chín'] as const

export const isClip = (name: string): name is Clip => Object.hasOwn(places, name)

const digit = (character: string): Word[] => {
  const text = DIGITS[Number(character)]
  return text !== undefined && isClip(character) ? [{ clip: character, text }] : []
}

/** Letters stand alone in the sentence, so that a voice names them; what can be neither named nor counted is left out. */
function spelled(character: string): Word[] {
  if (/^\d$/u.test(character)) return digit(character)
  if (character === '.') return [{ clip: 'cham', text: 'chấm' }]
  return /^[A-Z]$/u.test(character) && isClip(character) ? [{ clip: character, text: character }] : []
}

const spell = (text: string): Word[] => [...text.toUpperCase()].flatMap(spelled)

/** The last digit behind "mươi": mốt and lăm instead of một and năm; behind "mười" only lăm. */
function unit(value: number, tens: number): Word[] {
  if (value === 0) return []
  if (value === 5) return [{ clip: 'lam', text: 'lăm' }]
  if (value === 1 && tens > 1) return [{ clip: 'mot-', text: 'mốt' }]
  return digit(String(value))
}

/** A number as it is counted in Vietnamese up to 99: 15 mười lăm, 21 hai mươi mốt; longer ones digit by digit. */
export function counted(value: number): Word[] {
  if (!Number.isInteger(value) || value < 0 || value > 99) return spell(String(value))
  const tens = Math.floor(value / 10)
  if (tens === 0) return digit(String(value))
  const ten: Word[] = tens === 1 ? [{ clip: 'muoi', text: 'mười' }] : [...digit(String(tens)), { clip: 'muoi-', text: 'mươi' }]
  return [...ten, ...unit(value % 10, tens)]
}

/** "Quầy 3", "quầy số 03", "3", "Quầy 3A". */
const NUMBERED = /^(?:quầy\s*)?(?:số\s*)?(\d{1,3})\s*([A-Z]?)$/iu

const texts = (words: readonly Word[]): string => words.map(({ text }) => text).join(' ')
const clips = (words: readonly Word[]): Clip[] => words.map(({ clip }) => clip)

/**
 * How a call is said: "Mời số B không bốn hai, đến quầy ba." A counter whose name is no number is read by the system's voice; the
 * recorded words leave it to the screen.
 */
export function wordsOf(label: string, counter: string): Spoken {
  const number = spell(label)
  const opening: Said[] = ['moi-so', ...clips(number)]
  const name = counter.normalize('NFC').trim()
  const [, digits, letter = ''] = NUMBERED.exec(name) ?? []
  if (digits === undefined) return { sentence: name === '' ? `Mời số ${texts(number)}.` : `Mời số ${texts(number)}, đến ${name}.`, clips: opening }
  const where = [...counted(Number(digits)), ...spell(letter)]
  return { sentence: `Mời số ${texts(number)}, đến quầy ${texts(where)}.`, clips: [...opening, 'pause', 'den', 'quay', ...clips(where)] }
}
