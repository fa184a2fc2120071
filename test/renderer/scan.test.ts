import { describe, expect, it } from 'vitest'
import { createBurst, looksLikeCard } from '../../src-renderer/app/scan'

const CARD = '079192004617|025123456|Đặng Thị Ngọc Ánh|14031992|Nữ|27/4 đường Bàu Tràm|21112021'

/** Types a text with so many milliseconds between its keys; answers what was taken from the field. */
function type(text: string, pause: number): { kept: string; end: string | null } {
  const burst = createBurst()
  const kept = [...text].filter((character, index) => !burst.type(character, 1000 + index * pause).took).join('')
  return { kept, end: burst.end() }
}

describe('a scanned card', () => {
  it('is told from a hand by its speed', () => {
    expect(type(CARD, 8).end).toBe(CARD)
  })

  it('reaches the focused field only until it is known to be a card', () => {
    expect(type(CARD, 8).kept).toBe('079192004617')
  })

  it('goes on when a busy machine delivers the rest late', () => {
    const burst = createBurst()
    let at = 0
    for (const [index, character] of [...CARD].entries()) burst.type(character, (at += index === 40 ? 400 : 8))
    expect(burst.end()).toBe(CARD)
  })

  it('is not seen in a number typed by hand', () => {
    expect(type(CARD, 120)).toEqual({ kept: CARD, end: null })
  })

  it('is not seen in a fast text of another kind', () => {
    expect(type('H29.900-261123-0009', 8)).toEqual({ kept: 'H29.900-261123-0009', end: null })
  })

  it('that breaks off is no card', () => {
    expect(type(CARD.slice(0, 30), 8).end).toBeNull()
  })

  it('tells its beginning once', () => {
    const burst = createBurst()
    const begins = [...CARD].filter((character, index) => burst.type(character, index * 8).begins)
    expect(begins).toHaveLength(1)
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
