import { decodeAnswer } from '../../../src-main/identity/chip/apdu'
import { unprotect } from '../../../src-main/identity/chip/secure-messaging'
import { parseSecurityInfos } from '../../../src-main/identity/chip/security-infos'
import { lengthOf, readAll } from '../../../src-main/identity/chip/tlv'
import { dg13Fields, makeDg13 } from '../../devices/lds-writer'
import type { FuzzTarget } from './target'

const hex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'hex'))
const tree = makeDg13(dg13Fields({ idNumber: '001190123456', fullName: 'Nguyễn Thị Ví Dụ', birthDate: '01/01/1990', sex: 'Nữ', father: 'Nguyễn Văn Cha', mother: 'Trần Thị Mẹ' }))
/** Session and the first two protected answers of 9303-11 D.4, each at its counter. */
const KEYS = { cipher: '3DES', enc: hex('979EC13B1CBFE9DCD01AB0FED307EAE5'), mac: hex('F1CB1F1FB5ADF208806B89DC579DC1F8'), ssc: hex('887022120C06C226') } as const
const ANSWERS = [hex('990290008E08FA855A5D4C50A8ED9000'), hex('8709019FF0EC34F9922651990290008E08AD55CC17140B2DED9000')]
const counterOf = (bytes: Uint8Array): Uint8Array => hex(bytes.length > 20 ? '887022120C06C22A' : '887022120C06C228')

export const chipTargets: readonly FuzzTarget[] = [
  { name: 'TLV', seeds: [tree], run: readAll },
  { name: 'length of a file', seeds: [tree.subarray(0, 12)], run: (bytes) => lengthOf(bytes.subarray(0, 12)) },
  { name: 'answer of the card', seeds: ANSWERS, run: decodeAnswer },
  {
    name: 'protected answer',
    seeds: ANSWERS,
    run: (bytes) => {
      const answer = decodeAnswer(bytes)
      return answer && unprotect(answer, KEYS, counterOf(bytes))
    },
  },
  { name: 'EF.CardAccess', seeds: [hex('31143012060A04007F0007020204020202010202010D'), hex('31143012060A04007F00070202040102020102020100')], run: parseSecurityInfos },
]
