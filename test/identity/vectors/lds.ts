import { deepStrictEqual as same } from 'node:assert'
import { createHash } from 'node:crypto'
import { dg13Fields, makeDg13 } from '../../devices/lds-writer'
import { documentNumberOf, informationOf, mrzInformation, parseCom, parseDg11, parseDg13, parseMrz, readTypedMrz, writeMrz } from '../../../src-main/identity/lds'

const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'))

/** Specimens of ICAO 9303-4, -5, -6 (Utopia) and the long number of 9303-11 D.2, and what their keys are made from. */
const SPECIMENS = [
  { name: '9303-4 TD3', lines: ['P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<', 'L898902C36UTO7408122F1204159ZE184226B<<<<<10'], information: 'L898902C3674081221204159' },
  { name: '9303-5 TD1', lines: ['I<UTOD231458907<<<<<<<<<<<<<<<', '7408122F1204159UTO<<<<<<<<<<<6', 'ERIKSSON<<ANNA<MARIA<<<<<<<<<<'], information: 'D23145890774081221204159' },
  { name: '9303-6 TD2', lines: ['I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<', 'D231458907UTO7408122F1204159<<<<<<<6'], information: 'D23145890774081221204159' },
  { name: '9303-11 D.2 TD1, number of twelve', lines: ['I<UTOD23145890<7349<<<<<<<<<<<', '3407127M9507122UTO<<<<<<<<<<<2', 'STEVENSON<<PETER<JOHN<<<<<<<<<'], information: 'D23145890734934071279507122' },
  { name: 'eid.md D.1, Vietnamese', lines: ['IDVNM1901234569001190123456<<0', '9001011F3001019VNM<<<<<<<<<<<2', 'NGUYEN<<THI<VI<DU<<<<<<<<<<<<<'], information: '190123456990010113001019' },
  { name: 'domain.md 7.3, Vietnamese', lines: ['IDVNM1990001239079199000123<<9', '9901018F3901016VNM<<<<<<<<<<<2', 'NGUYEN<<THI<VI<DU<<<<<<<<<<<<<'], information: '199000123999010183901016' },
] as const

function checkSpecimen(lines: readonly string[], information: string): void {
  const mrz = parseMrz(lines.join('\n'))
  same(mrz.checks.filter(({ fits }) => !fits), [])
  same(informationOf(mrz), information)
  same(readTypedMrz(lines.join('\n').toLowerCase()).information, information)
  const written = writeMrz({ ...mrz, primary: mrz.name.primary, secondary: mrz.name.secondary })
  same(written, [...lines])
}

const INFORMATION = [
  { name: '9303-11 D.2', number: 'L898902C', birth: '1969-08-06', expiry: '1994-06-23', information: 'L898902C<369080619406236' },
  { name: '9303-11 G', number: 'T22000129', birth: '1964-08-12', expiry: '2010-10-31', information: 'T22000129364081251010318' },
  { name: '9303-11 I', number: 'C11T002JM', birth: '1996-08-12', expiry: '2023-10-31', information: 'C11T002JM496081222310314' },
  { name: 'eid.md D.1', number: documentNumberOf('001190123456'), birth: '1990-01-01', expiry: '2030-01-01', information: '190123456990010113001019' },
] as const

export const vectorChecks: { name: string; run: () => void | Promise<void> }[] = [
  ...SPECIMENS.map(({ name, lines, information }) => ({ name: `MRZ ${name}`, run: (): void => checkSpecimen(lines, information) })),
  ...INFORMATION.map(({ name, number, birth, expiry, information }) => ({ name: `MRZ information ${name}`, run: (): void => same(mrzInformation(number, birth, expiry), information) })),
  {
    name: 'MRZ information of 9303-11 D.2 (TD1) gives the published seed',
    run: () => same(createHash('sha1').update(mrzInformation('D23145890734', '1934-07-12', '1995-07-12')).digest('hex').slice(0, 32), 'b366ad857ddca2b08c0e299811714730'),
  },
  {
    name: 'EF.COM of 9303-11 D.4',
    run: () => same(parseCom(bytes('60145F0104303130365F36063034303030305C026175')), { ldsVersion: '0106', unicodeVersion: '040000', files: ['DG1', 'DG2'], otherTags: [] }),
  },
  {
    name: 'DG11 of 9303-10 A.5 (lengths mended)',
    run: () => {
      const { fullName, placeOfBirth, address, telephone, profession } = parseDg11(bytes(
        '6B605C0A5F0E5F115F425F125F135F0E0D534D4954483C3C4A4F484E3C4A5F110A414E59544F574E3C4D4E5F4217313233204D41504C452052443C414E59544F574E3C4D4E5F120B31363132353535313231325F130C54524156454C3C4147454E54'))
      same({ fullName, placeOfBirth, address, telephone, profession },
        { fullName: 'SMITH JOHN J', placeOfBirth: 'ANYTOWN, MN', address: '123 MAPLE RD, ANYTOWN, MN', telephone: '16125551212', profession: 'TRAVEL AGENT' })
    },
  },
  {
    name: 'Vietnamese text of DG13 in every string type',
    run: () => {
      const latin = bytes('6D0E300C300A02010214055472E06E67')
      const wide = bytes('6D11300F300D0201021E0801 1000 69 1EC7 6E'.replace('01 1000 69 1EC7 6E', '0110006900EA006E'))
      same(parseDg13(latin).person.fullName, 'Tràng')
      same(parseDg13(wide).person.fullName, 'Điên')
      same(parseDg13(makeDg13(dg13Fields({ idNumber: '001190123456', fullName: 'Nguyễn Thị Ví Dụ'.normalize('NFD'), birthDate: '01/01/1990', sex: 'Nữ' }))).person.fullName, 'Nguyễn Thị Ví Dụ')
    },
  },
]
