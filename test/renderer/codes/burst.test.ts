import { describe, expect, it } from 'vitest'
import { looksLikeCard } from '@contract/codes'
import { type Caught, createBurst } from '../../../src-renderer/codes/burst'

const CARD = '079192004617|025123456|Đặng Thị Ngọc Ánh|14031992|Nữ|27/4 đường Bàu Tràm|21112021'

const cardOf = ({ code }: Caught): string | null => (code?.kind === 'card' ? code.text : null)

/** Types a text with so many milliseconds between its keys; answers what was taken from the field. */
function type(text: string, pause: number): { kept: string; end: string | null } {
  const burst = createBurst()
  const kept = [...text].filter((character, index) => !burst.type(character, 1000 + index * pause).took).join('')
  return { kept, end: cardOf(burst.finish()) }
}

describe('a scanned card', () => {
  it('is told from a hand by its speed', () => {
    expect(type(CARD, 8).end).toBe(CARD)
  })

  it('reaches the focused field only until it is known to be a scan', () => {
    expect(type(CARD, 8).kept).toBe('079192004617')
  })

  it('goes on when a busy machine delivers the rest late', () => {
    const burst = createBurst()
    let at = 0
    for (const [index, character] of [...CARD].entries()) burst.type(character, (at += index === 40 ? 400 : 8))
    expect(cardOf(burst.finish())).toBe(CARD)
  })

  it('is not seen in a number typed by hand', () => {
    expect(type(CARD, 120)).toEqual({ kept: CARD, end: null })
  })

  it('is not seen in a fast text of another kind', () => {
    expect(type('8934563138165', 60)).toEqual({ kept: '8934563138165', end: null })
    expect(type('https://example.vn/H29.900-261123-0009', 8).kept).toBe('https://example.vn/H29.900-261123-0009')
    expect(type('https://example.vn/a', 8)).toEqual({ kept: 'https://example.vn/a', end: null })
  })

  it.each([['MOTCUA:DG:1:0123456789ABCDEFGHJK', 'MOTCUA:D', 'rating-slip'], ['MOTCUA:TT:1:2.000815', 'MOTCUA:T', 'procedure'], [`MOTCUA:BC:1:${'3f'.repeat(32)}`, 'MOTCUA:B', 'report'], ['MOTCUA:SO:1:0f8fad5b-d9cb-469f-a165-70867728950e', 'MOTCUA:S', 'ticket']])('like the sheet %s reaches the field only until it is known', (text, kept, kind) => {
    const burst = createBurst()
    const passed = [...text].filter((character, index) => !burst.type(character, index * 8).took).join('')
    expect([passed, burst.finish().code?.kind]).toEqual([kept, kind])
  })

  it('that breaks off is no card', () => {
    expect(type(CARD.slice(0, 30), 8).end).toBeNull()
  })

  it('tells its beginning once', () => {
    const burst = createBurst()
    const begins = [...CARD].filter((character, index) => burst.type(character, index * 8).begins)
    expect(begins).toHaveLength(1)
  })

  it.each([
    ['by its places where the layout types letters for digits', CARD.replaceAll('1', 'ă').replaceAll('0', 'đ'), CARD],
    ['by its keys where the reader knows the layout', CARD, CARD.replaceAll('|', '~')],
  ])('is read %s', (_how, keys, places) => {
    const burst = createBurst()
    for (const [index, character] of [...keys].entries()) burst.type(character, index * 8, [...places][index])
    expect(cardOf(burst.finish())).toBe(CARD)
  })

  it('keeps its capitals while Caps Lock is on', () => {
    const burst = createBurst()
    const swapped = (character: string): string => (/[a-z]/u.test(character) ? character.toUpperCase() : character.toLowerCase())
    for (const [index, character] of [...CARD].entries()) burst.type(/[A-Za-z]/u.test(character) ? swapped(character) : character, index * 8, character)
    expect(burst.finish(true).code).toEqual({ kind: 'card', text: CARD })
  })
})

describe('other scanned codes', () => {
  it.each([
    ['H29.900-261123-0009', { kind: 'dossier', code: 'H29.900-261123-0009' }],
    ['TH-H29.900-261123-0009', { kind: 'dossier', code: 'TH-H29.900-261123-0009' }],
    ['TAM.Q3-261123-0009', { kind: 'dossier', code: 'TAM.Q3-261123-0009' }],
    [']C1H29.900-261123-0009', { kind: 'dossier', code: 'H29.900-261123-0009' }],
    ['~H29.900-261123-0009', { kind: 'dossier', code: 'H29.900-261123-0009' }],
    ['TAM.QUÁY-261123-0009', { kind: 'dossier', code: 'TAM.QUAYS-261123-0009' }],
    ['MOTCUA:TACH:1', { kind: 'separator', component: null }],
    ['motcua;tach;1;to-khai', { kind: 'separator', component: 'to-khai' }],
  ])('%s are caught', (text, code) => {
    const burst = createBurst()
    for (const [index, character] of [...text].entries()) burst.type(character, index * 8)
    expect(burst.finish()).toMatchObject({ code, before: '', after: '' })
  })

  it('leave the keys of a person who was typing to him', () => {
    const burst = createBurst()
    for (const [index, character] of [...'xaH29.900-261123-0009k'].entries()) burst.type(character, index * 20)
    expect(burst.finish()).toMatchObject({ code: { kind: 'dossier', code: 'H29.900-261123-0009' }, before: 'xa', after: 'k' })
  })
})

describe('a pasted text', () => {
  it.each([
    [CARD, true],
    [CARD.replace('025123456|', ''), true],
    [`\u{feff}${CARD}\r\n`, true],
    ['079192004617', false],
    ['a|b|c|d|e|f|g', false],
  ])('%j looks like a card: %s', (text, answer) => {
    expect(looksLikeCard(text)).toBe(answer)
  })
})
