import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import type { FormView } from '@contract/forms'
import { blockLabel, changeOf, differs, faultKey, fromScreen, inserted, namingOf, readStart, roleOf, sameWording, setsOf, tabOfFault, tabsOf, toggled, toScreen, wordingDraft } from '../../../src-renderer/settings/wordings-draft'

const text = (path: string, group: FormView['texts'][number]['group'], official: string, now = official): FormView['texts'][number] => ({ path, group, official, text: now, names: ['dossierCode', 'applicantName'], multiline: false })

const view: FormView = {
  brief: { form: 'mau-02', title: 'Phiếu yêu cầu bổ sung', officialVersion: 1, effectiveFrom: '2025-07-01', legalBasis: 'Thông tư 03/2025/TT-VPCP', confidence: 'S', own: null },
  texts: [
    text('titleLines.0', 'title', 'PHIẾU YÊU CẦU'), text('blocks.0.parts.0.caption', 'body', 'Người nộp:'), text('blocks.0.parts.0.value', 'body', '{applicantName}'),
    text('blocks.1.text', 'body', 'Mã hồ sơ: {dossierCode}', 'Hồ sơ số {dossierCode}'), text('footer.form', 'footer', 'Mẫu 02'),
  ],
  blocks: [{ id: '0', label: 'Người nộp', shown: true, required: true }, { id: '1', label: 'Mã hồ sơ', shown: true, required: false }],
}
const NAMES: Readonly<Record<string, string>> = { dossierCode: 'Mã hồ sơ', applicantName: 'Người nộp', page: 'Trang', pages: 'Trang' }
const naming = namingOf(Object.keys(NAMES), (name) => NAMES[name] ?? name)

describe('the wording in hand', () => {
  it('has tabs only for groups that the form has, in the order of the paper, the order of parts last', () => {
    expect(tabsOf(view)).toEqual(['title', 'body', 'footer', 'blocks'])
  })

  it('knows where the ward says it in its own words', () => {
    expect(view.texts.filter((one) => differs(wordingDraft(view), one)).map(({ path }) => path)).toEqual(['blocks.1.text'])
  })

  it('sends every text and every part, not only what differs', () => {
    const change = changeOf(wordingDraft(view))
    expect(Object.keys(change.texts)).toHaveLength(view.texts.length)
    expect(change.blocks).toEqual([{ id: '0', shown: true }, { id: '1', shown: true }])
  })

  it('leaves out what may be left out and never what the form must have', () => {
    const draft = wordingDraft(view)
    expect(toggled(draft, '1').blocks.map(({ shown }) => shown)).toEqual([true, false])
    expect(toggled(draft, '0')).toEqual(draft)
    expect(sameWording(draft, toggled(toggled(draft, '1'), '1'))).toBe(true)
  })

  it('puts the texts of one part together under its name', () => {
    expect(setsOf(view, 'body').map(({ label, texts }) => [label, texts.length])).toEqual([['Người nộp', 2], ['Mã hồ sơ', 1]])
    expect(setsOf({ ...view, blocks: view.blocks.map((block) => ({ ...block, label: 'Người nộp:' })) }, 'body').map(({ label }) => label)).toEqual([null, 'Người nộp:'])
    expect(setsOf(view, 'footer').map(({ label }) => label)).toEqual([null])
  })

  it('calls a table by the heads of its columns', () => {
    const heads = { ...view, texts: [text('blocks.1.none', 'table', 'Không có.'), text('blocks.1.columns.0.caption', 'table', 'TT'), text('blocks.1.columns.1.caption', 'table', 'Giấy tờ'), text('blocks.1.columns.1.value', 'table', '{item}')] }
    expect(blockLabel(heads, { id: '1', label: 'Không có.', shown: true, required: false })).toBe('TT | Giấy tờ')
  })

  it('says of a lost brace that it is one, and of a name that it is unknown', () => {
    expect(faultKey({ path: 'x', code: 'unknown-name', detail: '{' })).toBe('shape')
    expect(faultKey({ path: 'x', code: 'unknown-name', detail: 'abc' })).toBe('unknown-name')
  })

  it('shows a fault with its text, and one of the parts with their order', () => {
    expect(tabOfFault(view, { path: 'footer.form' })).toBe('footer')
    expect(tabOfFault(view, { path: 'blocks.7' })).toBe('blocks')
    expect(tabOfFault({ ...view, blocks: [] }, { path: '' })).toBe('footer')
  })
})

test.each([
  ['nation', 'nation', null], ['titleLines.1', 'titleLines', 2], ['blocks.4.text', 'text', null], ['blocks.4.parts.0.caption', 'caption', 1], ['blocks.7.columns.3.group', 'group', 4], ['signatures.1.title', 'title', 2], ['footer.page', 'page', null],
])('a text at %s is called %s, number %s', (path, key, number) => {
  expect(roleOf(path)).toEqual({ key, number })
})

describe('placeholders in words', () => {
  it('shows the name that an officer knows and takes it back', () => {
    expect(toScreen('Mã: {dossierCode}', naming)).toBe('Mã: {Mã hồ sơ}')
    expect(fromScreen('Mã: {mã hồ sơ } ', naming)).toBe('Mã: {dossierCode} ')
  })

  it('keeps what it does not know for the check to find', () => {
    expect(fromScreen('{không có} {', naming)).toBe('{không có} {')
  })

  it('calls nothing by a name that two of them have', () => {
    expect(toScreen('{page}/{pages}', naming)).toBe('{page}/{pages}')
    expect(fromScreen('{Trang}', naming)).toBe('{Trang}')
  })

  it('comes back the same, whatever the text', () => {
    const piece = fc.oneof(fc.string(), fc.constantFrom('{dossierCode}', '{applicantName}', '{page}', '{', '}', 'Số: '))
    fc.assert(fc.property(fc.array(piece).map((pieces) => pieces.join('')), (words) => {
      fc.pre(!/\{\s*(?:mã hồ sơ|người nộp)\s*\}/iu.test(words))
      expect(fromScreen(toScreen(words, naming), naming)).toBe(words)
    }))
  })

  it('goes in at the caret, with a blank where words touch, and over what is selected', () => {
    expect(inserted('Mã:', 'Mã hồ sơ', 3, 3)).toEqual({ text: 'Mã: {Mã hồ sơ}', caret: 14 })
    expect(inserted('(x)', 'Trang', 1, 2)).toEqual({ text: '({Trang})', caret: 8 })
  })
})

describe('the day from which it holds', () => {
  test.each([
    ['23112026', '2026-11-23'], ['1/12/2026', '2026-12-01'], ['1/12', '2026-12-01'], ['1/1', '2027-01-01'], ['+3', '2026-11-26'], ['31/02/2027', null], ['mai', null], ['', null],
  ])('%s is %s', (typed, date) => {
    expect(readStart(typed, '2026-11-23')).toBe(date)
  })
})
