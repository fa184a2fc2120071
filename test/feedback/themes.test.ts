import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { CivilDate } from '@contract/ids'
import { periodBefore, type Said, themesOf } from '../../src-main/feedback/themes'
import { duyen, newDesk, taken, themeFile } from './support'

const file = themeFile()
const period = { from: CivilDate.parse('2026-11-09'), to: CivilDate.parse('2026-11-29') }
const say = (text: string, date = '2026-11-23'): Said => ({ at: new Date(`${date}T02:00:00.000Z`), text })
const themesIn = (text: string): string[] => themesOf([say(text)], file, period).themes.filter(({ total }) => total > 0).map(({ code }) => code).sort()

describe('A text', () => {
  it.each([
    ['Chờ lâu quá', ['waiting']],
    ['cho lau qua troi', ['waiting']],
    ['CHỜ LÂU', ['waiting']],
    ['Không phải chờ lâu, cô rất nhiệt tình', ['kind', 'quick']],
    ['không bị chờ lâu', []],
    ['Máy không chạy. Chờ lâu lắm', ['waiting']],
    ['đỡ chờ lâu hơn trước', []],
    ['do chờ lâu nên bực', ['waiting']],
    ['cán bộ không nhiệt tình', ['attitude']],
    ['thái độ không tốt', ['attitude']],
    ['Thái độ tốt, hướng dẫn rõ ràng', ['clear', 'kind']],
    ['không rõ hướng dẫn', ['guidance']],
    ['hướng dẫn không rõ, đi tới đi lui', ['errands', 'guidance']],
    ['mạng chậm, phần mềm lỗi', ['system']],
    ['mang cham phan mem loi', ['system']],
    ['giấy tờ nhiều, phí cao', ['fees', 'papers']],
    ['thiếu quạt nóng quá', ['premises']],
    ['thieu quat', ['premises']],
    ['bán quạt điện', []],
    ['Hoà nhã, thái độ hoà nhã', ['kind']],
    ['rác thải trước nhà trẻ, karaoke tới khuya', ['environment']],
    ['đường ngập, lấn chiếm vỉa hè', ['public-order', 'street']],
    ['', []],
    ['👍👍👍', []],
    ['5/5', []],
  ])('%s', (text, codes) => {
    expect(themesIn(text)).toEqual(codes)
  })

  it('counts once for a theme, in its week', () => {
    const { themes, weeks, texts, unmatched } = themesOf([say('chờ lâu, đợi lâu, lâu quá', '2026-11-10'), say('chờ lâu'), say('đợi lâu'), say('bình thường')], file, period)
    expect([weeks, themes[0], texts, unmatched]).toEqual([['2026-11-09', '2026-11-16', '2026-11-23'], { code: 'waiting', tone: 'bad', total: 3, byWeek: [1, 0, 2], before: 0 }, 4, 1])
  })

  it('of the equally long time before counts beside, and others not at all', () => {
    const said = [say('chờ lâu', '2026-10-19'), say('chờ lâu', '2026-11-08'), say('chờ lâu', '2026-10-18'), say('chờ lâu', '2026-11-30')]
    const { themes, texts } = themesOf(said, file, period)
    expect([periodBefore(period), themes[0]?.total, themes[0]?.before, texts]).toEqual([{ from: '2026-10-19', to: '2026-11-08' }, 0, 2, 0])
  })

  it('of any kind is read without a fall, and the weeks add up', () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.string({ unit: 'binary', maxLength: 60 }), fc.constantFrom('chờ lâu', 'không', 'tận tình', 'mạng chậm', '')), { maxLength: 15 }), (parts) => {
      const { themes, phrases } = themesOf(parts.map(([noise, phrase]) => say(`${noise} ${phrase}`)), file, period)
      return [...themes, ...phrases].every(({ total, byWeek }) => byWeek.reduce((sum, n) => sum + n, 0) === total)
    }))
  })
})

describe('New phrases', () => {
  const many = (text: string, times: number): Said[] => Array.from({ length: times }, () => say(text))

  it('are pairs that no theme knows, from three texts on, as most people write them', () => {
    const { phrases } = themesOf([...many('sao không có thang máy vậy', 2), say('can thang may'), ...many('bảng điện tử', 2)], file, period)
    expect(phrases.map(({ words, total }) => [words, total])).toEqual([['thang máy', 3]])
  })

  it.each([
    ['a name with capitals', 'Cán bộ Ngọc Ánh tiếp'], ['a name after an address', 'chị ngọc ánh tiếp'], ['a surname', 'nguyễn ngọc ánh'], ['a telephone', 'gọi 0903 000 111 nhé'],
    ['an id', 'căn cước 079192004617'], ['shouted', 'ANH TUẤN ANH'],
  ])('never hold %s', (_name, text) => {
    const words = themesOf(many(text, 5), file, period).phrases.map((phrase) => phrase.words).join(' ')
    expect(words).not.toMatch(/ngọc|ánh|tuấn|\d/u)
  })
})

describe('The data of themes', () => {
  it.each(['vi', 'en'])('have a name each in the words of the screen (%s)', (language) => {
    const names = z.object({ themeName: z.record(z.string(), z.string()) }).parse(JSON.parse(readFileSync(resolve(import.meta.dirname, `../../resources/locales/${language}/feedback.json`), 'utf8')))
    expect(Object.keys(names.themeName).sort()).toEqual(file.themes.map(({ code }) => code).sort())
  })

  it('have no phrase twice and no code twice', () => {
    const phrases = file.themes.flatMap((theme) => theme.phrases)
    const codes = file.themes.map(({ code }) => code)
    expect([phrases.filter((phrase, index) => phrases.indexOf(phrase) !== index), codes.length]).toEqual([[], new Set(codes).size])
  })

  it('find every one of their own phrases', () => {
    const lost = file.themes.flatMap(({ code, phrases }) => phrases.filter((phrase) => !themesIn(phrase).includes(code)))
    expect(lost).toEqual([])
  })
})

describe('What is read', () => {
  it('are comments and complaints, but none that was withdrawn or is a draft', () => {
    const desk = newDesk()
    desk.ratings.keep({ channel: 'display', dossierId: null, ticketLabel: null, stars: 2, reasons: [], comment: 'chờ lâu' })
    taken(desk, { content: 'Đợi lâu cả buổi sáng.' })
    const { id } = taken(desk, { content: 'Chờ lâu không ai gọi.' })
    desk.complaints.withdraw(duyen, { id, words: 'thôi' })
    const { themes } = desk.figures.themes({ from: CivilDate.parse('2026-11-23'), to: CivilDate.parse('2026-11-23') })
    expect(themes.find(({ code }) => code === 'waiting')?.total).toBe(2)
  })
})
