import { describe, expect, it } from 'vitest'
import { ReadingId } from '@contract/chip'
import { Instant } from '@contract/ids'
import { beginForm, collectorOf, type Form, type Gap, gapsOf, isSignedBy, secondKeyFor, signerOf, withCard, withHow } from '../../../src-renderer/results/form'

const READING = ReadingId.parse('01939b6e-0000-7000-8000-000000000001')
const AT = Instant.parse('2026-11-23T02:00:00.000Z')
const COUNTER = { delivery: { method: 'counter' as const, address: '' }, people: [{ name: 'Bùi Nhật Khang', maskedId: null, role: 'applicant' as const }], signed: null }
const POST = { ...COUNTER, delivery: { method: 'post' as const, address: '12 Bàu Tràm' } }
const form = (changed: Partial<Form> = {}): Form => ({ ...beginForm(COUNTER, true), ...changed })

describe('a hand-over as it begins', () => {
  it('is as the citizen wished it, with the display where there is one', () => {
    expect(beginForm(COUNTER, true)).toMatchObject({ how: 'owner', signed: 'pad', checked: null })
    expect(beginForm(POST, false)).toMatchObject({ how: 'post', signed: 'paper', addressee: 'Bùi Nhật Khang' })
  })
})

describe('what is still missing', () => {
  it.each<[string, Partial<Form>, typeof COUNTER | typeof POST, Gap[]]>([
    ['nothing is claimed of the identity by itself', { signed: 'paper' }, COUNTER, ['checked']],
    ['a signature on the display', { checked: 'card' }, COUNTER, ['signature']],
    ['nothing more on paper', { checked: 'card', signed: 'paper' }, COUNTER, []],
    ['name, paper and identity of somebody authorised', { how: 'authorised', signed: 'paper' }, COUNTER, ['name', 'authority', 'checked']],
    ['blanks are no name', { how: 'authorised', name: '  ', authority: 'x', checked: 'card', signed: 'paper' }, COUNTER, ['name']],
    ['a reason for the post', { how: 'post' }, COUNTER, ['note']],
    ['nothing for the post as it was wished', { how: 'post' }, POST, []],
  ])('%s', (_name, changed, desk, expected) => expect(gapsOf(form(changed), desk)).toEqual(expected))
})

describe('a card that is read', () => {
  it('of the dossier\'s person is that person, by its chip or by its QR', () => {
    const seen = { role: 'owner' as const, name: 'Bùi Minh An', idNumber: '079220001234' }
    expect(withCard(form({ how: 'authorised' }), { ...seen, reading: READING })).toMatchObject({ how: 'owner', role: 'owner', checked: 'chip', reading: READING })
    expect(withCard(form(), { ...seen, reading: null })).toMatchObject({ how: 'owner', checked: 'card', reading: null })
  })

  it('of somebody else asks for a paper of authority', () => {
    const next = withCard(form(), { role: null, name: 'Lê Thị Hoa', idNumber: '079183000111', reading: null })
    expect(next).toMatchObject({ how: 'authorised', name: 'Lê Thị Hoa' })
    expect(gapsOf({ ...next, signed: 'paper' }, COUNTER)).toEqual(['authority'])
  })

  it('is forgotten with the way that it was read for', () => {
    expect(withHow(form({ checked: 'chip', reading: READING }), 'authorised')).toMatchObject({ checked: null, reading: null })
    expect(withHow(form({ checked: 'chip', reading: READING }), 'owner')).toMatchObject({ checked: 'chip', reading: READING })
  })
})

describe('a signature on the display', () => {
  it.each<[Partial<Form>, Parameters<typeof isSignedBy>[1], boolean]>([
    [{}, null, false],
    [{}, { at: AT, by: { how: 'owner', role: 'applicant' } }, true],
    [{ role: 'owner' }, { at: AT, by: { how: 'owner', role: 'applicant' } }, false],
    [{ how: 'authorised', name: 'Lê Thị Hoa ' }, { at: AT, by: { how: 'authorised', name: 'Lê Thị Hoa' } }, true],
    [{ how: 'authorised', name: 'Lê Thị Hà' }, { at: AT, by: { how: 'authorised', name: 'Lê Thị Hoa' } }, false],
    [{ how: 'post' }, { at: AT, by: { how: 'owner', role: 'applicant' } }, false],
  ])('%o signed by %o: %s', (changed, signed, expected) => expect(isSignedBy(form(changed), signed)).toBe(expected))

  it('is not asked of nobody', () => expect([signerOf(form({ how: 'post' })), signerOf(form({ how: 'authorised' }))]).toEqual([null, null]))
})

describe('what goes to the core', () => {
  it('is trimmed, and nothing of the other ways', () => {
    expect(collectorOf(form({ checked: 'card', name: 'x', authority: 'y' }))).toEqual({ how: 'owner', role: 'applicant', checked: 'card', reading: null })
    expect(collectorOf(form({ how: 'post', tracking: ' ' }))).toEqual({ how: 'post', name: 'Bùi Nhật Khang', tracking: null })
    expect(collectorOf(form({ how: 'authorised', name: ' A ', idNumber: '', authority: ' giấy ', checked: 'card' }))).toEqual({ how: 'authorised', name: 'A', idNumber: null, checked: 'card', reading: null, authority: 'giấy' })
    expect(collectorOf(form())).toBeNull()
  })

  it.each([[{ how: 'authorised' as const }, 'authorised'], [{ how: 'post' as const }, 'post'], [{ checked: 'known' as const }, 'known'], [{ checked: 'card' as const }, null]])('wants a second key for %o: %s', (changed, expected) =>
    expect(secondKeyFor(form(changed), COUNTER)).toBe(expected))
})
