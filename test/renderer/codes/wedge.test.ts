import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { separatorText } from '@contract/codes'
import { codeOf, createDesk, typeText } from './typing-desk'

const CARD = '079192004617|025123456|Đặng Thị Ngọc Ánh|14031992|Nữ|27/4 đường Bàu Tràm|21112021'
const DOSSIER = 'H29.900-261123-0009'
const SEPARATOR = 'MOTCUA:TACH:1:TO-KHAI'

/** A person's keys (not `~`, which is taken for a reader's prefix) and scans one after the other; times are pauses before each key. */
const human = fc.array(fc.record({ text: fc.constantFrom(...'abcdefghklmnopqrstuvxy0123456789 H.-|TM'), pause: fc.integer({ min: 60, max: 400 }) }), { maxLength: 12 })
const scan = fc.record({
  text: fc.constantFrom(CARD, DOSSIER, SEPARATOR, 'TH-TAM.Q3-261123-0001', '079199000123|Nguyễn Văn Mẫu|01011999|Nam|12 Lê Lợi|05052021'),
  // The first key comes at any moment, also right behind a person's.
  lead: fc.integer({ min: 1, max: 500 }),
  pauses: fc.array(fc.integer({ min: 1, max: 35 }), { minLength: 8, maxLength: 8 }),
  suffix: fc.constantFrom('Enter', 'Tab', null),
})

describe('a reader that types, in a field where a person types', () => {
  it('takes nothing of the person and leaves nothing of the scan', () => {
    fc.assert(fc.property(fc.array(fc.tuple(human, scan), { minLength: 1, maxLength: 4 }), human, (turns, rest) => {
      const desk = createDesk()
      let at = 1000
      let expected = ''
      const typeHuman = (keys: readonly { text: string; pause: number }[]): void => {
        for (const { text, pause } of keys) {
          desk.key({ key: text }, (at += pause))
          expected += text
        }
      }
      for (const [keys, { text, lead, pauses, suffix }] of turns) {
        typeHuman(keys)
        // No reader reads two codes within a fifth of a second.
        at += keys.length === 0 ? lead + 200 : lead
        for (const [index, character] of [...text].entries()) desk.key({ key: character }, (at += index === 0 ? 0 : (pauses[index % pauses.length] ?? 1)))
        if (suffix !== null) desk.key({ key: suffix, code: suffix }, (at += pauses[0] ?? 1))
      }
      typeHuman(rest)
      desk.settle()
      expect(desk.field()).toBe(expected)
      expect(desk.codes()).toHaveLength(turns.length)
      expect(desk.acted()).toEqual([])
    }), { numRuns: Number(process.env['RUNS'] ?? 500) })
  })

  it('takes a scan alone or leaves every key of it, wherever a person strikes keys in between', () => {
    const struck = fc.array(fc.tuple(fc.nat(100), fc.constantFrom(...'abH0|.-M')), { maxLength: 3 })
    fc.assert(fc.property(fc.constantFrom(CARD, DOSSIER, SEPARATOR), struck, fc.integer({ min: 1, max: 24 }), (text, person, pause) => {
      const desk = createDesk()
      const keys = [...text]
      for (const [place, key] of person) keys.splice(Math.min(place, keys.length), 0, key)
      for (const [index, key] of keys.entries()) desk.key({ key }, 1000 + index * pause)
      desk.settle()
      const all = keys.join('')
      // A person's key in the middle of a field can pass for a letter of it; then it is the code that shows it.
      const [code] = desk.codes()
      const read = code === undefined ? '' : code.kind === 'separator' ? separatorText(code.component) : code.kind === 'dossier' || code.kind === 'procedure' ? code.code : code.kind === 'ticket' ? code.ticket : code.kind === 'rating-slip' ? code.token : code.kind === 'report' ? code.digest : code.text
      expect(desk.field().length + read.length).toBe(all.length)
      if (code === undefined) expect(desk.field()).toBe(all)
    }), { numRuns: 500 })
  })

  it('loses no key of any typing, however it is paced', () => {
    const keys = fc.array(fc.tuple(fc.constantFrom(...'0123456789|H.-TAMOCU:abc'), fc.integer({ min: 1, max: 200 })), { maxLength: 60 })
    fc.assert(fc.property(keys, (typed) => {
      const desk = createDesk({ wants: [] })
      let at = 0
      for (const [key, pause] of typed) desk.key({ key }, (at += pause))
      desk.settle()
      expect(desk.field()).toBe(typed.map(([key]) => key).join(''))
    }), { numRuns: 1000 })
  })

  it('shows the scan in the field only until it is known to be one', () => {
    const desk = createDesk({ start: 'Nguyễn' })
    const at = typeText(desk, CARD, 1000, 8)
    desk.key({ key: 'Enter', code: 'Enter' }, at + 8)
    expect(desk.seen().every((value) => value.length <= 'Nguyễn'.length + 12)).toBe(true)
    expect(desk.field()).toBe('Nguyễn')
  })

  it('holds no key of a code back that is none of ours, nor its Enter', () => {
    const desk = createDesk({ start: 'x', wants: ['card', 'dossier', 'separator', 'self-test', 'unknown'] })
    const at = typeText(desk, '8934563138165', 1000, 8)
    expect(desk.field()).toBe('x8934563138165')
    desk.key({ key: 'Enter', code: 'Enter' }, at + 8)
    expect([desk.field(), desk.acted(), desk.codes()]).toEqual(['x8934563138165', ['Enter'], []])
  })

  it('lets what only began like a code go on as text, with its Enter', () => {
    const desk = createDesk({ start: 'x' })
    const at = typeText(desk, '079192004617|and no more', 1000, 8)
    desk.key({ key: 'Enter', code: 'Enter' }, at + 8)
    expect([desk.field(), desk.acted(), desk.codes()]).toEqual(['x079192004617|and no more', ['Enter'], []])
  })

  it.each([['Alt', { key: 't', code: 'KeyT', alt: true }, 'Alt+t'], ['Ctrl', { key: 'Enter', code: 'Enter', ctrl: true }, 'Ctrl+Enter'], ['Shift', { key: 'Tab', code: 'Tab', shift: true }, 'Tab'], ['nothing', { key: 'F9', code: 'F9' }, 'F9']])('lets a key with %s act at once, right behind typing as fast as a script', (_with, key, acts) => {
    const desk = createDesk()
    const at = typeText(desk, '0903517284', 1000, 0)
    desk.key(key, at)
    expect([desk.field(), desk.acted()]).toEqual(['0903517284', [acts]])
  })

  it('puts the caret back where the person had it', () => {
    const desk = createDesk({ start: 'ab' })
    desk.key({ key: 'ArrowLeft', code: 'ArrowLeft' }, 900)
    desk.caret(1)
    const at = typeText(desk, CARD, 1000, 8)
    desk.key({ key: 'Enter', code: 'Enter' }, at + 8)
    typeText(desk, 'x', at + 500, 8)
    expect(desk.field()).toBe('axb')
  })

  it('gives a long text that comes at once to the field, whatever it is', () => {
    const desk = createDesk()
    desk.insert(CARD, 1000)
    desk.settle()
    expect([desk.field(), desk.codes()]).toEqual([CARD, []])
  })

  it('leaves a dossier code to the field where nobody takes it', () => {
    const desk = createDesk({ wants: ['card'] })
    const at = typeText(desk, DOSSIER, 1000, 8)
    desk.key({ key: 'Enter', code: 'Enter' }, at + 8)
    expect([desk.field(), desk.acted(), desk.codes()]).toEqual([DOSSIER, ['Enter'], []])
  })

  it('puts a key that a person struck in the middle of a scan into the field with all the rest', () => {
    const desk = createDesk()
    const text = `${CARD.slice(0, 5)}x${CARD.slice(5)}`
    typeText(desk, text, 1000, 8)
    desk.settle()
    expect(desk.field()).toBe(text)
  })

  it('keeps a selection out of what it puts back', () => {
    const desk = createDesk({ start: 'abc' })
    typeText(desk, `${CARD}\u00a0`.trim(), 1000, 8)
    desk.settle()
    expect(desk.field()).toBe('abc')
  })

  it('swallows the second half of a line end, and an Enter that comes late', () => {
    const desk = createDesk()
    const at = typeText(desk, CARD, 1000, 8)
    desk.key({ key: 'Enter', code: 'Enter' }, at + 8)
    desk.key({ key: 'j', code: 'KeyJ', ctrl: true }, at + 12)
    const late = typeText(desk, DOSSIER, 3000, 8)
    desk.key({ key: 'Enter', code: 'Enter' }, late + 120)
    expect([desk.acted(), desk.codes().length]).toEqual([[], 2])
    desk.key({ key: 'Enter', code: 'Enter' }, late + 900)
    expect(desk.acted()).toEqual(['Enter'])
  })

  it('ends at ETX and takes everything after a prefix key', () => {
    const desk = createDesk()
    desk.key({ key: 'F24', code: 'F24' }, 1000)
    const at = typeText(desk, DOSSIER, 1008, 8)
    desk.key({ key: 'c', code: 'KeyC', ctrl: true }, at + 8)
    expect([[...new Set(desk.seen())], desk.acted(), desk.codes()]).toEqual([[''], [], [{ kind: 'dossier', code: DOSSIER }]])
  })

  it('hears letters that come as Alt codes, and lets no Alt key turn the page', () => {
    const desk = createDesk()
    let at = 1000
    for (const character of CARD) {
      at += 8
      if (character < '\u0080') desk.key({ key: character }, at)
      else {
        for (const digit of '0225') desk.key({ key: digit, code: `Numpad${digit}`, alt: true }, (at += 2))
        desk.insert(character, (at += 2))
      }
    }
    desk.key({ key: 'Enter', code: 'Enter' }, at + 8)
    expect([desk.field(), desk.acted(), desk.codes()]).toEqual(['', [], [{ kind: 'card', text: CARD }]])
  })

  it('follows an input method that takes keys back', () => {
    const desk = createDesk()
    let at = typeText(desk, CARD.slice(0, 23), 1000, 8)
    for (const key of ['L', 'e']) desk.key({ key }, (at += 8))
    desk.key({ key: 'Backspace', code: 'Backspace' }, (at += 4))
    desk.key({ key: 'ê', code: '' }, (at += 4))
    at = typeText(desk, ' Lan|14031992|Nam|27/4|21112021', at + 8, 8)
    desk.key({ key: 'Enter', code: 'Enter' }, at + 8)
    expect(desk.codes()).toEqual([{ kind: 'card', text: `${CARD.slice(0, 23)}Lê Lan|14031992|Nam|27/4|21112021` }])
  })

  it('reads by place where an input method keeps the keys to itself', () => {
    const desk = createDesk({ start: 'a' })
    for (const [index, character] of [...DOSSIER].entries()) desk.key({ key: 'Process', code: character === '-' ? 'Minus' : character === '.' ? 'Period' : /\d/u.test(character) ? `Digit${character}` : `Key${character}`, shift: /[A-Z]/u.test(character) }, 1000 + index * 8)
    desk.settle()
    expect([desk.field(), desk.codes()]).toEqual(['a', [{ kind: 'dossier', code: DOSSIER }]])
  })

  it('is not taken in by a key that is held down', () => {
    const desk = createDesk()
    for (let index = 0; index < 20; index += 1) desk.key({ key: '0', repeat: index > 0 }, 1000 + index * 33)
    desk.settle()
    expect(desk.seen().at(-1)).toBe('0'.repeat(20))
  })

  it('puts half a scan back when the screen goes away', () => {
    const desk = createDesk()
    typeText(desk, CARD.slice(0, 20), 1000, 8)
    desk.wedge.dispose()
    expect(desk.field()).toBe(CARD.slice(0, 20))
  })
})

describe('a reader that types where no field is', () => {
  it.each([[CARD], [DOSSIER], [SEPARATOR]])('acts as no shortcut: %s', (text) => {
    const desk = createDesk({ inField: false })
    const at = typeText(desk, text, 1000, 8)
    desk.key({ key: 'Enter', code: 'Enter' }, at + 8)
    desk.settle()
    expect([desk.acted(), desk.codes().length]).toEqual([[], 1])
  })

  it.each([['8934563138165'], ['https://example.vn/a']])('acts as none either when the code is strange: %s', (text) => {
    const desk = createDesk({ inField: false, wants: ['unknown'] })
    const at = typeText(desk, text, 1000, 8)
    desk.key({ key: 'Enter', code: 'Enter' }, at + 8)
    desk.settle()
    expect([desk.acted(), desk.codes().map(({ kind }) => kind)]).toEqual([[], ['unknown']])
  })

  it('leaves shortcuts of a hand alone, a moment later', () => {
    const desk = createDesk({ inField: false })
    for (const [index, key] of ['h', 'n', '3'].entries()) desk.key({ key }, 1000 + index * 90)
    desk.key({ key: 'Enter', code: 'Enter' }, 1400)
    desk.settle()
    expect(desk.acted()).toEqual(['h', 'n', '3', 'Enter'])
  })

  it('gives waiting keys their turn before a key of another kind', () => {
    const desk = createDesk({ inField: false })
    desk.key({ key: '1' }, 1000)
    desk.key({ key: 'F9', code: 'F9' }, 1004)
    desk.key({ key: '2' }, 1010)
    desk.key({ key: 't', code: 'KeyT', alt: true }, 1012)
    desk.key({ key: 's' }, 1020)
    desk.key({ key: 'Enter', code: 'Enter' }, 1030)
    expect(desk.acted()).toEqual(['1', 'F9', '2', 'Alt+t', 's', 'Enter'])
  })

  it('loses no shortcut of a hand and doubles none, whatever comes between them', () => {
    const keys = fc.array(fc.tuple(fc.constantFrom('1', 's', 'n', 'F9', 'Enter', 'ArrowDown', ' '), fc.integer({ min: 12, max: 200 })), { maxLength: 40 })
    fc.assert(fc.property(keys, (typed) => {
      const desk = createDesk({ inField: false })
      let at = 0
      // A hand has five quick keys at most.
      for (const [index, [key, pause]] of typed.entries()) desk.key({ key, code: key.length > 1 ? key : codeOf(key) }, (at += index % 5 === 0 ? 60 : pause))
      desk.settle()
      expect(desk.acted()).toEqual(typed.map(([key]) => key))
    }), { numRuns: 500 })
  })

  it('gives a key back that came right before the scan', () => {
    const desk = createDesk({ inField: false })
    desk.key({ key: 'n' }, 990)
    const at = typeText(desk, DOSSIER, 1000, 8)
    desk.key({ key: 'Enter', code: 'Enter' }, at + 8)
    desk.settle()
    expect([desk.acted(), desk.codes().length]).toEqual([['n'], 1])
  })
})
