import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import places from '@resources/voice/vi.json'
import { cuesOf } from '../../src-renderer/voice/player'
import { counted, isClip, type Said, wordsOf } from '../../src-renderer/voice/words'

const RECORDED = resolve(import.meta.dirname, '../../resources/voice/vi.ogg')

describe('how a call is said', () => {
  it.each<[label: string, counter: string, sentence: string, clips: string]>([
    ['B042', 'Quầy 3', 'Mời số B không bốn hai, đến quầy ba.', 'moi-so B 0 4 2 pause den quay 3'],
    ['A007', '3', 'Mời số A không không bảy, đến quầy ba.', 'moi-so A 0 0 7 pause den quay 3'],
    ['Q2.1A015', 'quầy số 12', 'Mời số Q hai chấm một A không một năm, đến quầy mười hai.', 'moi-so Q 2 cham 1 A 0 1 5 pause den quay muoi 2'],
    ['Q2D100', 'Quầy 05', 'Mời số Q hai D một không không, đến quầy năm.', 'moi-so Q 2 D 1 0 0 pause den quay 5'],
    ['0.2B001', 'Quầy 3A', 'Mời số không chấm hai B không không một, đến quầy ba A.', 'moi-so 0 cham 2 B 0 0 1 pause den quay 3 A'],
    ['C12345', 'Quầy 121', 'Mời số C một hai ba bốn năm, đến quầy một hai một.', 'moi-so C 1 2 3 4 5 pause den quay 1 2 1'],
  ])('%s to %s', (label, counter, sentence, clips) => {
    expect(wordsOf(label, counter)).toEqual({ sentence, clips: clips.split(' ') })
  })

  it('leaves a counter that has a name instead of a number to the screen, where the system has no voice', () => {
    expect(wordsOf('B042', 'Bàn hướng dẫn')).toEqual({ sentence: 'Mời số B không bốn hai, đến Bàn hướng dẫn.', clips: ['moi-so', 'B', '0', '4', '2'] })
    expect(wordsOf('B042', ' ')).toEqual({ sentence: 'Mời số B không bốn hai.', clips: ['moi-so', 'B', '0', '4', '2'] })
  })

  it.each<[number, string]>([
    [0, 'không'], [1, 'một'], [9, 'chín'], [10, 'mười'], [11, 'mười một'], [14, 'mười bốn'], [15, 'mười lăm'], [20, 'hai mươi'], [21, 'hai mươi mốt'],
    [24, 'hai mươi bốn'], [25, 'hai mươi lăm'], [31, 'ba mươi mốt'], [55, 'năm mươi lăm'], [99, 'chín mươi chín'], [100, 'một không không'],
  ])('%i is counted as it is spoken', (value, words) => {
    expect(counted(value).map(({ text }) => text).join(' ')).toBe(words)
  })

  it('is recorded for every number that a queue can give and every counter', () => {
    const label = fc.stringMatching(/^[A-Z0-9]{0,3}(\.\d{1,4})?[A-Z]\d{3,5}$/u)
    fc.assert(fc.property(label, fc.string(), fc.integer({ min: 1, max: 120 }), (number, name, counter) => {
      for (const where of [name, `Quầy ${String(counter)}`]) {
        const { clips } = wordsOf(number, where)
        expect(clips.every((clip) => clip === 'pause' || isClip(clip))).toBe(true)
        expect(clips.length).toBeGreaterThan(number.length)
      }
    }))
  })
})

describe('the recorded words', () => {
  it('lie apart from each other in one small file', () => {
    const inOrder = Object.values(places).sort(([one = 0], [other = 0]) => one - other)
    for (const [index, [from = 0]] of inOrder.entries()) {
      const [earlier = 0, lasted = 0] = inOrder[index - 1] ?? []
      expect(from).toBeGreaterThanOrEqual(earlier + lasted)
    }
    expect(statSync(RECORDED).size).toBeLessThan(400_000)
  })

  it('have all letters, all digits and what stands between them', () => {
    for (const name of [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789', 'chime', 'moi-so', 'den', 'quay', 'cham', 'muoi', 'muoi-', 'mot-', 'lam']) expect(isClip(name)).toBe(true)
  })

  it('follow each other without a gap, but for the comma', () => {
    const said: Said[] = ['moi-so', 'B', '0', 'pause', 'den']
    const { cues, lasts } = cuesOf(said)
    const [first, second, third, last] = cues
    expect(second?.at).toBeCloseTo(first?.lasts ?? -1)
    expect(third?.at).toBeCloseTo((second?.at ?? 0) + (second?.lasts ?? 0))
    expect((last?.at ?? 0) - (third?.at ?? 0) - (third?.lasts ?? 0)).toBeCloseTo(0.22)
    expect(lasts).toBeCloseTo((last?.at ?? 0) + (last?.lasts ?? 0))
  })

  it('say a whole call in under five seconds', () => {
    expect(cuesOf(wordsOf('B042', 'Quầy 3').clips).lasts).toBeLessThan(5)
  })
})
