import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { decodeFace, parseCom, parseDg1, parseDg11, parseDg12, parseDg13, parseDg2, parseFiles, parseMrz, readTypedMrz, writeVietnameseMrz } from '../../../src-main/identity/lds'
import { dg13Fields, filesOf, makeCom, makeDg1, makeDg11, makeDg12, makeDg13, makeDg2 } from '../../devices/lds-writer'
import type { FuzzTarget } from './target'

const TODAY = '2026-11-23'
const fixture = (name: string): Uint8Array => new Uint8Array(readFileSync(resolve('test/identity/lds/fixtures', name)))
const text = (words: string): Uint8Array => new Uint8Array(Buffer.from(words, 'latin1'))
const words = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1')

const LINES = writeVietnameseMrz({ idNumber: '001190123456', fullName: 'Nguyễn Thị Ví Dụ', birthDate: '1990-01-01', sex: 'female', expiresAt: '2030-01-01' })
const PASSPORT = ['P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<', 'L898902C36UTO7408122F1204159ZE184226B<<<<<10']
const LONG_NUMBER = ['I<UTOD23145890<7349<<<<<<<<<<<', '3407127M9507122UTO<<<<<<<<<<<2', 'STEVENSON<<PETER<JOHN<<<<<<<<<']
const mrzs = [LINES, PASSPORT, LONG_NUMBER].map((lines) => text(lines.join('\n')))
const images = ['small.jpg', 'small.j2k', 'grey.jp2', 'tiled.j2k', 'layered.jp2'].map(fixture)
const dg13 = makeDg13(dg13Fields({ idNumber: '001190123456', fullName: 'Nguyễn Thị Ví Dụ', birthDate: '01/01/1990', sex: 'Nữ', residence: 'Số 1 Đường Thử Nghiệm, Phường Mẫu', issuedAt: '05/05/2021', father: 'Nguyễn Văn Cha', mother: 'Trần Thị Mẹ' }))
const dg11 = makeDg11({ fullName: 'NGUYỄN<<THỊ<VÍ<DỤ', otherNames: ['MAI', 'LAN<<ANH'], personalNumber: '001190123456', birthDate: Uint8Array.of(0x19, 0x90, 1, 1), address: '1 PHỐ<PHƯỜNG' })
const dg12 = makeDg12({ issuingAuthority: 'BỘ<CÔNG<AN', issuedAt: '20210505', otherPersons: ['LE<<B'], endorsements: 'KHÔNG' })
const portraits = images.flatMap((image) => [makeDg2(image), makeDg2(image, { format: '39794' }), makeDg2(image, { featurePoints: 2, others: [image] })])

export const ldsTargets: readonly FuzzTarget[] = [
  { name: 'MRZ', seeds: mrzs, run: (bytes) => parseMrz(words(bytes)) },
  { name: 'typed MRZ', seeds: mrzs, run: (bytes) => readTypedMrz(words(bytes)) },
  { name: 'COM', seeds: [makeCom(['DG1', 'DG2', 'DG13', 'DG14', 'SOD'])], run: parseCom },
  { name: 'DG1', seeds: [makeDg1(LINES), makeDg1(PASSPORT)], run: parseDg1 },
  { name: 'DG2', seeds: portraits, run: parseDg2 },
  { name: 'DG11', seeds: [dg11], run: parseDg11 },
  { name: 'DG12', seeds: [dg12], run: parseDg12 },
  { name: 'DG13', seeds: [dg13, makeDg13(dg13Fields({ idNumber: '1', fullName: 'A', birthDate: '', sex: 'Nam' }), 0x31)], run: parseDg13 },
  { name: 'all files together', seeds: [dg13], run: (bytes) => parseFiles(filesOf([['DG1', makeDg1(LINES)], ['DG13', bytes], ['DG11', bytes], ['COM', bytes]]), TODAY) },
  // The portrait that is shown holds every pixel that was announced, at most four million.
  { name: 'portrait', seeds: images, run: decodeFace, dear: 100, slowest: 1000, bound: 16_000_000 },
]
