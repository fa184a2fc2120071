import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { bareCondition } from '@contract/guide'
import { givenForks } from '../../src-renderer/guide/questions'
import { toggled } from '../../src-renderer/catalogue/toggled'
import { catalogue } from '../procedures/sample'

describe('the guide on the screen', () => {
  it('writes every condition of the catalogue as it follows “chỉ khi”', () => {
    const conditions = catalogue.procedures.flatMap(({ components }) => components.flatMap(({ required }) => (required.when === 'conditional' ? [bareCondition(required.condition)] : [])))
    expect(conditions.filter((text) => /^khi\b/iu.test(text) || text.trim() === '')).toEqual([])
    expect(bareCondition('Khi còn giữ')).toBe('còn giữ')
    expect(bareCondition('Khiếu nại')).toBe('Khiếu nại')
  })

  it('takes back the fork that was pressed', () => {
    const back: string[] = []
    for (const given of givenForks([{ id: 'a', question: 'A?', answer: 'x' }, { id: 'b', question: 'B?', answer: 'y' }], (id) => void back.push(id))) given.takeBack()
    expect(back).toEqual(['a', 'b'])
  })

  it('has a title for every mark, reason and source of a paper, in both languages', () => {
    for (const language of ['vi', 'en']) {
      const words = JSON.parse(readFileSync(`resources/locales/${language}/guide.json`, 'utf8')) as { have: object; why: object }
      expect(Object.keys(words.have)).toEqual(['card', 'earlier', 'result'])
      expect(Object.keys(words.why)).toEqual(['title', 'code', 'words', 'synonym', 'answer'])
    }
  })
})

describe('a filter of the catalogue', () => {
  it('is set, changed and taken off again; one that is off is not there', () => {
    const on = toggled({}, 'essential', true)
    expect(on).toEqual({ essential: true })
    expect(toggled(on, 'placeIndependence', 'decision')).toEqual({ essential: true, placeIndependence: 'decision' })
    expect(toggled({ placeIndependence: 'decision' }, 'placeIndependence', 'reception')).toEqual({ placeIndependence: 'reception' })
    expect(toggled(on, 'essential', true)).toEqual({})
    expect(toggled({ field: 'Hộ tịch' }, 'field', undefined)).toEqual({})
  })
})
