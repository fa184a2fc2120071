import { describe, expect, test } from 'vitest'
import { withTone } from '../../../src-renderer/hall/tones'

describe('a tone put on the last word', () => {
  test.each([
    ['toan', 'acute', 'toán'], ['hoa', 'grave', 'hòa'], ['mươi', 'grave', 'mười'], ['tiêng', 'acute', 'tiếng'], ['qua', 'grave', 'quà'], ['quy', 'acute', 'quý'], ['gia', 'acute', 'giá'],
    ['gi', 'grave', 'gì'], ['ngoai', 'grave', 'ngoài'], ['khuyên', 'hook', 'khuyển'], ['can bô', 'dot', 'can bộ'], ['Đưc', 'acute', 'Đức'], ['Ưng', 'acute', 'Ứng'], ['nghi', 'tilde', 'nghĩ'],
    ['thuê', 'acute', 'thuế'], ['nguôi', 'hook', 'nguổi'], ['uông', 'acute', 'uống'], ['a', 'dot', 'ạ'],
  ] as const)('%s + %s → %s', (text, tone, toned) => {
    expect(withTone(text, tone)).toBe(toned)
  })

  test('replaces the tone that is there, and goes when it is put twice', () => {
    expect(withTone('toán', 'grave')).toBe('toàn')
    expect(withTone('toán', 'acute')).toBe('toan')
  })

  test('leaves alone what has no vowel, or no word at its end', () => {
    expect(withTone('', 'acute')).toBe('')
    expect(withTone('xin ', 'acute')).toBe('xin ')
    expect(withTone('nth', 'acute')).toBe('nth')
  })

  test('answers in composed letters', () => {
    const toned = withTone('mươi'.normalize('NFD'), 'grave')
    expect(toned).toBe(toned.normalize('NFC'))
  })
})
