import { decryptCbc, encryptBlock, encryptCbc, macOf, pad, unpad } from '../../../src-main/identity/chip/ciphers'
import type { Cipher } from '../../../src-main/identity/chip/types'
import { octets, same, type VectorCheck } from '../chip/script'

/** NIST SP 800-38B appendix D (public domain), cut to 8 bytes as 9303-11 has it. */
const BLOCK = '6BC1BEE22E409F96E93D7E117393172A'
const CMACS: readonly { cipher: Cipher; key: string; message: string; mac: string }[] = [
  { cipher: 'AES-128', key: '2B7E151628AED2A6ABF7158809CF4F3C', message: '', mac: 'BB1D6929E9593728' },
  { cipher: 'AES-128', key: '2B7E151628AED2A6ABF7158809CF4F3C', message: BLOCK, mac: '070A16B46B4D4144' },
  { cipher: 'AES-192', key: '8E73B0F7DA0E6452C810F32B809079E562F8EAD2522C6B7B', message: '', mac: 'D17DDF46ADAACDE5' },
  { cipher: 'AES-256', key: '603DEB1015CA71BE2B73AEF0857D77811F352C073B6108D72D9810A30914DFF4', message: '', mac: '028962F61B7BF89E' },
  { cipher: 'AES-256', key: '603DEB1015CA71BE2B73AEF0857D77811F352C073B6108D72D9810A30914DFF4', message: BLOCK, mac: '28A7023F452E8F82' },
]
/** NIST SP 800-38A F.1 (public domain): one block. */
const BLOCKS: readonly { cipher: Cipher; key: string; out: string }[] = [
  { cipher: 'AES-128', key: '2B7E151628AED2A6ABF7158809CF4F3C', out: '3AD77BB40D7A3660A89ECAF32466EF97' },
  { cipher: 'AES-192', key: '8E73B0F7DA0E6452C810F32B809079E562F8EAD2522C6B7B', out: 'BD334F1D6E45F25FF712A214571FA5CC' },
  { cipher: 'AES-256', key: '603DEB1015CA71BE2B73AEF0857D77811F352C073B6108D72D9810A30914DFF4', out: 'F3EED1BDB5D2A03C064B5A7E3DB181F8' },
]
/** 9303-11 D.3. */
const S = '781723860C06C226 4608F91988702212 0B795240CB7049B01C19B33E32804F0B'
const E_IFD = '72C29C2371CC9BDB65B779B8E8D37B29ECC154AA56A8799FAE2F498F76ED92F2'
const K_ENC = 'AB94FDECF2674FDFB9B391F85D7F76F2'

export const vectorChecks: VectorCheck[] = [
  ...CMACS.map(({ cipher, key, message, mac }) => ({ name: `CMAC ${cipher}, ${message.length / 2} bytes (SP 800-38B)`, run: () => same(macOf(cipher, octets(key), octets(message)), mac) })),
  ...BLOCKS.map(({ cipher, key, out }) => ({ name: `one block of ${cipher} (SP 800-38A)`, run: () => same(encryptBlock(cipher, octets(key), octets(BLOCK)), out) })),
  {
    name: '3DES-CBC both ways (9303-11 D.3)',
    run: () => {
      same(encryptCbc('3DES', octets(K_ENC), new Uint8Array(8), octets(S)), E_IFD)
      same(decryptCbc('3DES', octets(K_ENC), new Uint8Array(8), octets(E_IFD)), S)
    },
  },
  { name: 'retail MAC (9303-11 D.3)', run: () => same(macOf('3DES', octets('7962D9ECE03D1ACD4C76089DCE131543'), octets(E_IFD)), '5F1448EEA8AD90A7') },
  {
    name: 'padding (9303-11 D.4)',
    run: () => {
      same(pad(octets('011E'), 8), '011E800000000000')
      same(unpad(octets('60145F0180000000'), 8) ?? new Uint8Array(0), '60145F01')
    },
  },
]
