import { call } from '@orpc/server'
import { describe, expect, it } from 'vitest'
import { practice, router } from './support'

const card = (name: string, address = '27/4 đường Bàu Tràm'): string => `079192004617||${name}|14031992|Nữ|${address}|01072024`
const asCodePage = (text: string): string => new TextDecoder('windows-1252').decode(new TextEncoder().encode(text))

describe('a card whose letters were damaged on the way', () => {
  it.each([
    ['whose letters were dropped', card('Nguyn Vn A'), 'Nguyn Vn A', [{ field: 'applicant.fullName', code: 'letters-lost', params: { words: 'Vn' } }]],
    ['in UTF-8 shown in a code page', asCodePage(card('Nguyễn Văn Mẫu')), 'Nguyễn Văn Mẫu', [{ field: 'applicant.fullName', code: 'letters-mended', params: {} }, { field: 'applicant.sex', code: 'letters-mended', params: {} }, { field: 'applicant.address', code: 'letters-mended', params: {} }]],
    ['with a letter that the code page does not know', card('Nguyễn Văn Mẫu', 'Ph\u00c3\u00ba \u00c6\u00a1\u00e1\u00bb'), 'Nguyễn Văn Mẫu', [{ field: 'applicant.address', code: 'letters-lost' }]],
    ['typed in Telex', card('Nguyeexn Vawn Maaux'), 'Nguyễn Văn Mẫu', [{ field: 'applicant.fullName', code: 'letters-mended', params: {} }]],
  ])('%s is read, and each field with damage is named', async (_how, text, name, doubts) => {
    const seat = await practice('duyen')
    const { person, warnings } = await call(router.identity.readQr, { text }, seat.context)
    expect(person.fullName).toBe(name)
    expect(warnings.filter(({ code }) => code.startsWith('letters-'))).toMatchObject(doubts)
  })

  it('says nothing about a sound one', async () => {
    const seat = await practice('duyen')
    const { warnings } = await call(router.identity.readQr, { text: card('ĐẶNG THỊ NGỌC ÁNH') }, seat.context)
    expect(warnings).toEqual([])
  })
})
