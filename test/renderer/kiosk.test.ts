import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ORPCError } from '@orpc/client'
import { Instant } from '@contract/ids'
import { TicketId } from '@contract/queue'
import { problemOf, sentencesOf } from '../../src-renderer/kiosk/problem'
import { createScanListener, type ScanKey } from '../../src-renderer/kiosk/scan'
import { before, pageOf, prioritiesOf, standsFor, type Step } from '../../src-renderer/kiosk/steps'

const MARK = 'Số B042 · MOTCUA:SO:1:0199A3F4-7C11-7D3E-9A55-0C2F6B1D88A1'
const key = (character: string, at: number): ScanKey => ({ key: character, code: '', shift: false, at })

/** What a listener finds in keys that come `apart` ms after each other. */
function typed(text: string, apart: number, last = 'Enter'): (string | null)[] {
  const { press } = createScanListener()
  return [...text, last].map((character, index) => press(key(character, index * apart))).filter((found) => found !== null)
}

describe('a page of the kiosk', () => {
  it('is another for the slip of somebody else, so that no word of one is sent with the other', () => {
    const slip = (token: string): Step => ({ at: 'rate', slip: token, subject: 'Hộ tịch' })
    expect(pageOf(slip('A'))).toBe(pageOf(slip('A')))
    expect(pageOf(slip('A'))).not.toBe(pageOf(slip('B')))
  })
})

describe('a reader at the kiosk', () => {
  it('is known by its haste, and hands the code over at its Enter or Tab', () => {
    expect(typed(MARK, 12)).toEqual([MARK])
    expect(typed(MARK, 12, 'Tab')).toEqual([MARK])
  })

  it('is not a hand on a keyboard, nor a short burst', () => {
    expect(typed(MARK, 80)).toEqual([])
    expect(typed('lam lai', 10)).toEqual([])
  })

  it('is read by the places of its keys where an input method has them', () => {
    const { press } = createScanListener()
    const keys = Array.from('MOTCUASO', (letter, index): ScanKey => ({ key: 'Process', code: `Key${letter}`, shift: true, at: index * 10 }))
    for (const each of keys) press(each)
    expect(press(key('Enter', 90))).toBe('MOTCUASO')
  })

  it('gives a code once, whatever keys come around it', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom('a', ' ', 'Shift', 'Enter', 'Backspace'), { maxLength: 20 }), (noise) => {
      const { press } = createScanListener()
      let at = 0
      const slow = noise.map((each) => press(key(each, (at += 200))))
      at += 200
      const quick = [...MARK, 'Enter'].map((each) => press(key(each, (at += 10))))
      expect(slow.every((found) => found === null)).toBe(true)
      expect(quick.filter((found) => found !== null)).toEqual([MARK])
      expect(press(key('Enter', at + 10))).toBeNull()
    }))
  })
})

const given = (printed: 'printed' | 'failed'): Step => ({
  at: 'given',
  ticket: { ticket: TicketId.parse('t'), label: 'B042', kind: 'Chứng thực', group: 'ordinary', ahead: 3, givenAt: Instant.parse('2026-11-23T02:46:00.000Z'), qr: { size: 29, path: '' }, printed },
})

describe('how long a page of the kiosk stands', () => {
  it.each<[string, Step, { seconds: number; touch: boolean } | null]>([
    ['the start: for ever', { at: 'kinds' }, null],
    ['a printed number: 15 s', given('printed'), { seconds: 15, touch: false }],
    ['a number that must be photographed: longer', given('failed'), { seconds: 45, touch: false }],
    ['a question: 60 s without a touch', { at: 'groups', letter: 'B' }, { seconds: 60, touch: true }],
    ['the field for words: 60 s without a touch', { at: 'ask', words: '' }, { seconds: 60, touch: true }],
    ['what is told: 15 s', { at: 'told', what: 'thanks' }, { seconds: 15, touch: false }],
  ])('%s', (_, step, stands) => {
    expect(standsFor(step)).toEqual(stands)
  })

  it('goes back to the words that were written, and from a given number nowhere', () => {
    expect(before({ at: 'answers', words: 'khai sinh', answers: [] })).toEqual({ at: 'ask', words: 'khai sinh' })
    expect(before({ at: 'groups', letter: 'B' })).toEqual({ at: 'kinds' })
    expect(before(given('printed'))).toBeNull()
  })

  it('asks only for groups that go first', () => {
    expect(prioritiesOf([{ code: 'ordinary', priority: false }, { code: 'elderly', priority: true }] as const).map(({ code }) => code)).toEqual(['elderly'])
  })
})

describe('a refusal at the kiosk', () => {
  it('is told in the sentences of its code, in both languages', async () => {
    const problem = problemOf(new ORPCError('HC-009', { data: { params: {} } }))
    for (const language of ['vi', 'en'] as const) {
      const words = await sentencesOf(problem, language)
      expect(words?.what).not.toBe('')
      expect(words?.effect).not.toBe('')
      expect(`${words?.what ?? ''}${words?.effect ?? ''}`).not.toContain('{{')
    }
  })

  it('has no sentence of its own where nobody answered', async () => {
    expect(await sentencesOf(problemOf(new Error('late')), 'vi')).toBeNull()
    expect(await sentencesOf(problemOf(new ORPCError('XX-999')), 'vi')).toBeNull()
  })
})
