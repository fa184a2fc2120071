import { deepEqual, equal } from 'node:assert/strict'
import { performBac } from '../../../src-main/identity/chip/bac'
import { secure } from '../../../src-main/identity/chip/secure-messaging'
import type { SessionKeys } from '../../../src-main/identity/chip/types'
import { hexOf, octets, same, scriptedExchange, scriptedRandom, type VectorCheck } from '../chip/script'

/** ICAO 9303-11 appendix D.3 and D.4: basic access control, then EF.COM selected and read under its keys. */
export const INFORMATION = 'L898902C<369080619406236'
/** What the chip draws: RND.IC, then K.IC. */
export const CARD_RANDOM = ['4608F91988702212', '0B4F80323EB3191CB04970CB4052790B'] as const
const RND_IFD = '781723860C06C226'
const K_IFD = '0B795240CB7049B01C19B33E32804F0B'
export const ACCESS = [
  ['0084000008', '4608F919887022129000'],
  [
    '0082000028 72C29C2371CC9BDB65B779B8E8D37B29ECC154AA56A8799FAE2F498F76ED92F2 5F1448EEA8AD90A7 28',
    '46B9342A41396CD7386BF5803104D7CEDC122B9132139BAF2EEDC94EE178534F 2F2D235D074D7449 9000',
  ],
] as const
export const MESSAGES = [
  ['0CA4020C158709016375432908C044F68E08BF8B92D635FF24F800', '990290008E08FA855A5D4C50A8ED9000'],
  ['0CB000000D9701048E08ED6705417E96BA5500', '8709019FF0EC34F9922651990290008E08AD55CC17140B2DED9000'],
  ['0CB000040D9701128E082EA28A70F3C7B53500', '871901FB9235F4E4037F2327DCC8964F1F9B8C30F42C8E2FFF224A990290008E08C8B2787EAEA07D749000'],
] as const

export const D3_KEYS: SessionKeys = {
  cipher: '3DES', enc: octets('979EC13B1CBFE9DCD01AB0FED307EAE5'), mac: octets('F1CB1F1FB5ADF208806B89DC579DC1F8'), ssc: octets('887022120C06C226'),
}

async function readsCom(keys: SessionKeys, dialogue: typeof MESSAGES): Promise<void> {
  const { exchange, finished } = scriptedExchange(dialogue)
  const channel = secure(exchange, keys)
  equal((await channel({ cla: 0, ins: 0xa4, p1: 2, p2: 0x0c, data: octets('011E') })).sw, 0x9000)
  same((await channel({ cla: 0, ins: 0xb0, p1: 0, p2: 0, le: 4 })).data, '60145F01')
  same((await channel({ cla: 0, ins: 0xb0, p1: 0, p2: 4, le: 18 })).data, '04303130365F36063034303030305C026175')
  finished()
}

export const vectorChecks: VectorCheck[] = [
  {
    name: 'basic access control (9303-11 D.3)',
    run: async () => {
      const { exchange, finished } = scriptedExchange(ACCESS)
      const keys = await performBac(exchange, INFORMATION, scriptedRandom(RND_IFD, K_IFD))
      finished()
      deepEqual({ ...keys, enc: hexOf(keys.enc), mac: hexOf(keys.mac), ssc: hexOf(keys.ssc) }, { ...D3_KEYS, enc: hexOf(D3_KEYS.enc), mac: hexOf(D3_KEYS.mac), ssc: hexOf(D3_KEYS.ssc) })
    },
  },
  { name: 'secure messaging with 3DES (9303-11 D.4)', run: () => readsCom(D3_KEYS, MESSAGES) },
]
