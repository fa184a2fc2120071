import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays } from '@contract/civil-time'
import { ScannedCodeSchema } from '@contract/code-schema'
import { classifyScan, isWholeCard, MAX_SCAN_TEXT, normaliseScan, reportText, separatorText, slipText } from '@contract/codes'
import { formatDossierCode, formatProvisionalCode, parseDossierCode } from '../../../src-main/intake/code'
import { readCardQr } from '../../../src-main/identity/card-qr'

const CARD = '079199000123|025123456|Nguyễn Văn Mẫu|01011999|Nữ|12 Lê Lợi, Phường Bến Nghé, Quận 1, TP. Hồ Chí Minh|05052021'

describe('a scanned text', () => {
  it.each([
    ['a card', CARD, { kind: 'card', text: CARD }],
    ['a card without the old number', CARD.replace('025123456|', ''), { kind: 'card' }],
    ['a card in a frame, with an AIM identifier', `\u0002]Q3${CARD}\u0003\r\n`, { kind: 'card', text: CARD }],
    ['a card in NFD', CARD.normalize('NFD'), { kind: 'card', text: CARD }],
    ['a card with more fields', `${CARD}|Nguyễn Văn Cha|Trần Thị Mẹ`, { kind: 'card' }],
    ['a dossier code', 'H29.900-261123-0009\r', { kind: 'dossier', code: 'H29.900-261123-0009' }],
    ['a dossier code in small letters', 'h29.900-261123-0009', { kind: 'dossier', code: 'H29.900-261123-0009' }],
    ['a provisional one of practice mode', 'TH-TAM.Q3-261123-0009', { kind: 'dossier' }],
    ['one of a ministry', 'G01.899.108-20261123-000123', { kind: 'dossier' }],
    ['a former one', '000.00.12.H29-210105-0003', { kind: 'dossier' }],
    ['a separator', 'MOTCUA:TACH:1', { kind: 'separator', component: null }],
    ['a separator with a paper', 'MOTCUA:TACH:1:TO-KHAI', { kind: 'separator', component: 'to-khai' }],
    ['a separator of another keyboard', 'MOTCUAÇTACHÇ1ÇTO\'KHAI', { kind: 'separator', component: 'to-khai' }],
    ['a leaflet', 'MOTCUA:TT:1:2.000815', { kind: 'procedure', code: '2.000815' }],
    ['a number of the queue', 'Số A012 · UBND phường MOTCUA:SO:1:0f8fad5b-d9cb-469f-a165-70867728950e', { kind: 'ticket', ticket: '0f8fad5b-d9cb-469f-a165-70867728950e' }],
    ['a rating slip', slipText('0123456789ABCDEFGHJK'), { kind: 'rating-slip', token: '0123456789ABCDEFGHJK' }],
    ['a rating slip of another keyboard in small letters', 'motcuaçdgç1ç0123456789abcdefghjk', { kind: 'rating-slip', token: '0123456789ABCDEFGHJK' }],
    ['a rating slip with a letter that none has', 'MOTCUA:DG:1:0123456789ABCDEFGHJI', { kind: 'unknown' }],
    ['a rating slip that is too long', 'MOTCUA:DG:1:0123456789ABCDEFGHJKM', { kind: 'unknown' }],
    ['a printed report', reportText('3f'.repeat(32)), { kind: 'report', digest: '3f'.repeat(32) }],
    ['a printed report of another keyboard in capitals', `MOTCUAÇBCÇ1Ç${'3F'.repeat(32)}`, { kind: 'report', digest: '3f'.repeat(32) }],
    ['a printed report whose digest is cut', `MOTCUA:BC:1:${'3f'.repeat(31)}`, { kind: 'unknown' }],
    ['a dossier code of a day that is none', 'H29.900-261332-0009', { kind: 'unknown' }],
    ['a code with more behind it', 'H29.900-261123-0009 x', { kind: 'unknown' }],
    ['a separator of a later form', 'MOTCUA:TACH:2', { kind: 'unknown' }],
    ['a separator with a hostile paper', `MOTCUA:TACH:1:${'x'.repeat(60)}`, { kind: 'unknown' }],
    ['a web address', 'https://example.vn/<script>', { kind: 'unknown', text: 'https://example.vn/<script>' }],
    ['a text that turns and hides', 'a\u202eb\u0000c\u200bd\ud800e', { kind: 'unknown', text: 'a b c d e' }],
    ['nothing', '\r\n', { kind: 'unknown', text: '' }],
  ])('is %s', (_what, text, expected) => {
    expect(classifyScan(text)).toMatchObject(expected)
  })

  it('is always one of the kinds, bounded and of the contract\'s shape', () => {
    const piece = fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.constantFrom('MOTCUA:', 'TACH:1', 'DG:1:', '0123456789ABCDEFGHJK', 'MOTCUA:TT:1:2.000815', 'MOTCUA:SO:1:0f8fad5b-d9cb-469f-a165-70867728950e', '|', CARD, 'H29.900-261123-0009', '\u0002', ']Q3', '0'.repeat(12)))
    fc.assert(fc.property(fc.array(piece, { maxLength: 8 }), (parts) => {
      const code = classifyScan(parts.join(''))
      expect(ScannedCodeSchema.safeParse(code).success).toBe(true)
      if (code.kind === 'unknown') expect(code.text.length).toBeLessThanOrEqual(400)
    }), { numRuns: 1000 })
    expect(classifyScan('0'.repeat(1_000_000)).kind).toBe('unknown')
    expect(normaliseScan('a'.repeat(5000))).toHaveLength(MAX_SCAN_TEXT)
  })

  it('takes no longer for being hostile', () => {
    const from = performance.now()
    for (const text of ['|'.repeat(3000), `${'0'.repeat(12)}${'|'.repeat(2900)}`, ' '.repeat(3000), 'H29.'.repeat(700), 'MOTCUA:TACH:1:'.repeat(200)]) classifyScan(text)
    expect(performance.now() - from).toBeLessThan(200)
  })

  it('is a dossier code wherever intake knows one, and nowhere else', () => {
    const day = fc.integer({ min: 0, max: 20_000 }).map((offset) => addDays('2020-01-01', offset))
    const number = fc.integer({ min: 1, max: 9999 })
    const agency = fc.constantFrom('H29', 'H29.900', 'G01.899.108', 'H01.12.123', '000.00.12.H29')
    fc.assert(fc.property(agency, day, number, fc.boolean(), (one, on, count, practice) => classifyScan(formatDossierCode({ agency: one, day: on, number: count, practice })).kind === 'dossier'))
    fc.assert(fc.property(fc.stringMatching(/^[A-Z0-9]{1,8}$/), day, number, (counter, on, count) => classifyScan(formatProvisionalCode({ counter, day: on, number: count })).kind === 'dossier'))
    const odd = fc.stringMatching(/^(TH-)?(TAM\.[A-Z0-9]{0,9}|[GH]\d{2}(\.\d{2,3}){0,4}|\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2})-(\d{6}|\d{8}|20\d{6}|26\d{4})-\d{3,8}$/)
    fc.assert(fc.property(odd, (text) => (classifyScan(text).kind === 'dossier') === (parseDossierCode(text) !== null)), { numRuns: 2000 })
  })

  it('gives back the paper that a separator was written for', () => {
    fc.assert(fc.property(fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,39}$/), (component) => {
      expect(classifyScan(separatorText(component))).toEqual({ kind: 'separator', component })
      expect(separatorText(component)).toMatch(/^[A-Z0-9:-]+$/)
    }))
    expect(() => separatorText('Tờ khai')).toThrow(RangeError)
  })

  it.each([[CARD, true], [CARD.replace('025123456|', ''), true], [`${CARD}5`, false], [`1${CARD}`, false], [CARD.slice(0, -1), false], [`${CARD}|x`, true]])('%s is a whole card: %s', (text, answer) => {
    expect(isWholeCard(text)).toBe(answer)
  })
})

describe('a card from a reader that types', () => {
  const latin1 = (text: string): string => Buffer.from(text, 'utf8').toString('latin1')
  const dropped = (text: string): string => latin1(text).replace(/[\u0081\u008d\u008f\u0090\u009d]/gu, '')

  it.each([
    ['sound', CARD, 'Nguyễn Văn Mẫu', []],
    ['byte by byte', latin1(CARD), 'Nguyễn Văn Mẫu', [{ field: 'fullName', kinds: ['utf8-as-1252'], lost: [] }, { field: 'sex', kinds: ['utf8-as-1252'], lost: [] }, { field: 'address', kinds: ['utf8-as-1252'], lost: [] }]],
    ['byte by byte with one dropped', dropped(CARD), 'Nguyễn Văn Mẫu', [
      { field: 'fullName', kinds: ['utf8-as-1252'], lost: [] }, { field: 'sex', kinds: ['utf8-as-1252'], lost: [] }, { field: 'address', kinds: ['utf8-as-1252', 'dropped'], lost: [{ at: 14, candidates: 'ềỏọờ' }] },
    ]],
    ['in Telex', CARD.replace('Nguyễn Văn Mẫu', 'Nguyeexn Vawn Maaux'), 'Nguyễn Văn Mẫu', [{ field: 'fullName', kinds: ['telex'], lost: [] }]],
    ['in VNI', CARD.replace('Nguyễn Văn Mẫu', 'Nguye64n Va8n Ma64u').replace('Nữ', 'Nu74'), 'Nguyễn Văn Mẫu', [{ field: 'fullName', kinds: ['vni'], lost: [] }, { field: 'sex', kinds: ['vni'], lost: [] }]],
    ['with letters dropped', CARD.replace('Nguyễn Văn Mẫu', 'Nguyn Vn Mu').replace('Nữ', 'N'), 'Nguyn Vn Mu', [{ field: 'fullName', kinds: ['dropped'], lost: [{ at: 6, candidates: '' }] }, { field: 'sex', kinds: ['dropped'], lost: [] }]],
    ['with a question mark', CARD.replace('ễ', '?'), 'Nguy\ufffdn Văn Mẫu', [{ field: 'fullName', kinds: ['dropped'], lost: [{ at: 4, candidates: '' }] }]],
    ['in Windows-1258', CARD.replace('Nguyễn', 'NguyêÞn').replace('Văn', 'Vãn').replace('Mẫu', 'MâÞu').replace('Nữ', 'NýÞ').replace(/12 Lê.*?\|/u, '12 Lê Lai|'), 'Nguyễn Văn Mẫu', [{ field: 'fullName', kinds: ['cp1258-as-1252'], lost: [] }, { field: 'sex', kinds: ['cp1258-as-1252'], lost: [] }]],
  ])('%s is read, with what happened to which field', (_how, text, name, damage) => {
    const read = readCardQr(text)
    expect([read.card.fullName, read.card.sex, read.card.idNumber, read.card.birthDate]).toEqual([name, 'female', '079199000123', '1999-01-01'])
    expect(read.damage).toEqual(damage)
  })

  it('is refused when it holds what no reader makes', () => {
    for (const bad of ['V\u0000ăn', '\u202eVăn', 'V\ud800n']) expect(() => readCardQr(CARD.replace('Văn', bad))).toThrow('THE-024')
  })
})
