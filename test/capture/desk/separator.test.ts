import { describe, expect, test } from 'vitest'
import { separatorText } from '@contract/codes'
import { leadsTo, placeFor, separatorOn } from '../../../src-main/capture/desk/separator'

const COMPONENTS = ['to-khai', 'ban-sao', 'hop-dong']
const fresh = { place: 'kept', fingerprint: null, skipBlank: true } as const

describe('a separator sheet', () => {
  test('is told from other codes on a page', () => {
    expect(separatorOn(['https://example.vn', separatorText('hop-dong')])).toEqual({ component: 'hop-dong' })
    expect(separatorOn([separatorText(null)])).toEqual({ component: null })
    expect(separatorOn(['H29.900-261123-0001', 'MOTCUA:TACH:2'])).toBeNull()
  })
  test.each([
    ['to the component that it names', 'hop-dong', 'to-khai', 'hop-dong'],
    ['back, where it names an earlier one', 'to-khai', 'hop-dong', 'to-khai'],
    ['to the next where it names none', null, 'to-khai', 'ban-sao'],
    ['nowhere where it names one of another procedure', 'giay-khac', 'ban-sao', null],
    ['nowhere behind the last', null, 'hop-dong', null],
    ['to the first from a paper that is none of the procedure', null, 'khac', 'to-khai'],
  ])('leads %s', (_name, component, from, to) => expect(leadsTo({ component }, from, COMPONENTS)).toBe(to))
})

describe('where a page goes', () => {
  test.each([
    ['a written page stays', fresh, { blank: false, codes: [] }, 'kept'],
    ['an empty one is set aside', fresh, { blank: true, codes: [] }, 'blank'],
    ['an empty one stays where that is wished', { ...fresh, skipBlank: false }, { blank: true, codes: [] }, 'kept'],
    ['a separator is set aside', fresh, { blank: false, codes: [separatorText(null)] }, 'separator'],
    ['what the officer took off stays off', { ...fresh, place: 'removed' }, { blank: true, codes: [] }, 'removed'],
    ['what was made before and taken back stays', { ...fresh, fingerprint: 'x' }, { blank: true, codes: [separatorText(null)] }, 'kept'],
  ] as const)('%s', (_name, page, found, place) => expect(placeFor(page, found)).toBe(place))
})
