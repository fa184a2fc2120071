import { deepEqual, equal } from 'node:assert/strict'
import { chipAuthenticationOffer, performChipAuthentication } from '../../../src-main/identity/chip/chip-authentication'
import { domainParameters } from '../../../src-main/identity/chip/domain-parameters'
import { kenc, kmac } from '../../../src-main/identity/chip/kdf'
import { keyAgreement } from '../../../src-main/identity/chip/key-agreement'
import { authenticationToken } from '../../../src-main/identity/chip/pace-token'
import { parsePublicKey } from '../../../src-main/identity/chip/public-keys'
import { parseSecurityInfos } from '../../../src-main/identity/chip/security-infos'
import { sessionKeysOf } from '../../../src-main/identity/chip/session-keys'
import { concat, encodeTlv } from '../../../src-main/identity/chip/tlv'
import { hexOf, integerOf, octets, same, scriptedExchange, scriptedRandom, type VectorCheck } from '../chip/script'

/**
 * BSI's worked example for extended access control (TR-03110), chip authentication. It is version 2, where a nonce of the
 * chip goes into the keys; the key agreement, the key objects and the key derivation are those of version 1.
 */
type Example = Readonly<{
  name: string; parameterId: number; oid: string; plainOid: string; keyInfo: string; securityInfos: string
  ic: Readonly<{ private: string; public: string }>; ifd: Readonly<{ private: string; public: string }>
  shared: string; nonce: string; enc: string; mac: string; token: string
}>

const ecdh: Example = {
  name: 'TR-03110 EAC example, ECDH', parameterId: 13, oid: '0.4.0.127.0.7.2.2.3.2.2', plainOid: '04007F00070202030202',
  keyInfo: [
    '3062060904007F0007020201023052300C060704007F0007010202010D03420004A44EBE5451DF7AADB01E459B8C928A',
    '87746A57927C8C28A6775C97A7E1FE8D9A46FF4A1CC7E4D1389AEA19758E4F75C28C598FD734AEBEB135337CF95BE12E',
    '94020101',
  ].join(''),
  securityInfos: [
    '31820137300D060804007F00070202020201023012060A04007F000702020302020201020201013012060A04007F0007',
    '020204020202010202010D301C060904007F000702020302300C060704007F0007010202010D020101302F060804007F',
    '0007020206162368747470733A2F2F7777772E686A702D636F6E73756C74696E672E636F6D2F686F6D653017060A0400',
    '7F0007020205020330090201010201010101003017060A04007F0007020205020330090201010201020101FF30190609',
    '04007F000702020502300C060704007F0007010202010D3062060904007F0007020201023052300C060704007F000701',
    '0202010D03420004A44EBE5451DF7AADB01E459B8C928A87746A57927C8C28A6775C97A7E1FE8D9A46FF4A1CC7E4D138',
    '9AEA19758E4F75C28C598FD734AEBEB135337CF95BE12E94020101',
  ].join(''),
  ic: {
    private: '7984674CF3B3A524BF929CE8A67FCF22173DA0BAD595EED6DEB72D22C542FA9D',
    public: [
      '04A44EBE5451DF7AADB01E459B8C928A87746A57927C8C28A6775C97A7E1FE8D9A46FF4A1CC7E4D1389AEA19758E4F75',
      'C28C598FD734AEBEB135337CF95BE12E94',
    ].join(''),
  },
  ifd: {
    private: 'A6A4D255C5BF7A77EC3D0553DB74F693CF044E18C98364D4977A296108AF19BD',
    public: [
      '045A7A377FC9CAFC03AC7FF45441A8B2909D88EAB8E6B0173847AB49B949DF3799A34EE57EC55268CF8B1C3EC489F8BF',
      '4CF4C68D3FD9670E89C0D5D3FFF1AAF89F',
    ].join(''),
  },
  shared: '791DA04273CCFE862E52DF60347E2557192E1F8D7517822CE3D306056C1CDEB4',
  nonce: '4287B3072A3EDC60',
  enc: '94ABCD271AB7D9A5590BA52CB518B831',
  mac: '78B5709E7ABEDB185B424D0EE3A82499',
  token: 'FF0117D68DEE8E72',
}

const dh: Example = {
  name: 'TR-03110 EAC example, DH', parameterId: 0, oid: '0.4.0.127.0.7.2.2.3.1.2', plainOid: '04007F00070202030102',
  keyInfo: [
    '3081A6060904007F000702020101308195300C060704007F00070102020100038184000281801B3345F8DC04341BF8B2',
    'C97F652FA680E5D4FA4C146AE4B839431A644A79BC368C4822C89CD018A57F953644BEDA679C5B532902320E83E13B80',
    'DEEF8C18AF3E7D493AE3F88196101B9F78EAFE4B3025EF8BFF916B2FC02D762D0838DEA29C09B485591C2F47F87C71F5',
    '30BB358F56AF6459D86DBF85EAF9EDBD962CD364F7B8020101',
  ].join(''),
  securityInfos: [
    '3182017C300D060804007F00070202020201023012060A04007F000702020301020201020201013012060A04007F0007',
    '0202040102020102020100301C060904007F000702020301300C060704007F00070102020100020101302F060804007F',
    '0007020206162368747470733A2F2F7777772E686A702D636F6E73756C74696E672E636F6D2F686F6D653017060A0400',
    '7F0007020205010330090201010201010101003017060A04007F0007020205010330090201010201020101FF30190609',
    '04007F000702020501300C060704007F000701020201003081A6060904007F000702020101308195300C060704007F00',
    '070102020100038184000281801B3345F8DC04341BF8B2C97F652FA680E5D4FA4C146AE4B839431A644A79BC368C4822',
    'C89CD018A57F953644BEDA679C5B532902320E83E13B80DEEF8C18AF3E7D493AE3F88196101B9F78EAFE4B3025EF8BFF',
    '916B2FC02D762D0838DEA29C09B485591C2F47F87C71F530BB358F56AF6459D86DBF85EAF9EDBD962CD364F7B8020101',
  ].join(''),
  ic: {
    private: 'D0E5A95ECA541DEF4FE92B9FF9920D49A454C297',
    public: [
      '1B3345F8DC04341BF8B2C97F652FA680E5D4FA4C146AE4B839431A644A79BC368C4822C89CD018A57F953644BEDA679C',
      '5B532902320E83E13B80DEEF8C18AF3E7D493AE3F88196101B9F78EAFE4B3025EF8BFF916B2FC02D762D0838DEA29C09',
      'B485591C2F47F87C71F530BB358F56AF6459D86DBF85EAF9EDBD962CD364F7B8',
    ].join(''),
  },
  // The example's private key is as long as the prime; this is the same one modulo the order.
  ifd: {
    private: '0DD05A00F2BE7CD6A8BD0AFF10E47B9CC9BBC842',
    public: [
      'A2830947A6FCAACDE2FCB88B29AB38E07C3453ABC4BCB466087E11C79F32A19E6EF22BE108F8DD18FE8249C960951511',
      '200DC985AA3EC0CCAD59A5F9BBCC33EE5F1577E20330B4DD10EB06B740277C97A189180EDE52BEE9D429F10FB77F180F',
      '05D6A99C499CB5E1ECEEB8E92284F66EA98479674CE73F53C567A03B0D297833',
    ].join(''),
  },
  shared: [
    '2A4FC2D11490DF4773DDFA6FF705557C51F4AD4533E8D8A66A3001BFDD271DB87BE3C1CAC22A05E8AF1A066DD0298E75',
    'DB928AAFDF00EB4BFB1BD12F372313C1CA649056517305638515D5A4FBE0AC59BDC80E8C5A5F46254D231916EA77F80A',
    'C58E6B63A26198EE4387F10981E8E46FFBA23790C81E679363C589587D30BBB3',
  ].join(''),
  nonce: '1A1AC1AB04D96965',
  enc: 'E813D09DF69FFCC63763C537F828985C',
  mac: '066721F3EBEA787B4F1C6DCA431EC229',
  token: '756891580F70164D',
}

function agreementOf(example: Example): ReturnType<typeof keyAgreement> {
  const parameters = domainParameters(example.parameterId)
  if (!parameters) throw new Error('no such parameters')
  return keyAgreement(parameters)
}

/** DG14 with the example's key and an info of version 1 for this cipher, key 1. */
const dg14 = (example: Example, cipherArc: number): Uint8Array =>
  encodeTlv(0x6e, encodeTlv(0x31, octets(example.keyInfo), octets(`3012060A${example.plainOid.slice(0, -2)}0${cipherArc}020101020101`)))

const lengthOf = (value: Uint8Array): string => hexOf(encodeTlv(0x80, value)).slice(2, 2 * (encodeTlv(0x80, value).length - value.length))
const command = (head: string, data: Uint8Array, le = ''): string => `${head}${data.length.toString(16).padStart(2, '0')}${hexOf(data)}${le}`

function agreementChecks(example: Example): VectorCheck[] {
  const agreement = agreementOf(example)
  return [
    { name: `${example.name}: public keys and the shared secret, on both sides`, run: () => {
      const ifd = agreement.keyPairOf(integerOf(example.ifd.private))
      const ic = agreement.keyPairOf(integerOf(example.ic.private))
      same(ifd.publicKey, example.ifd.public)
      same(ic.publicKey, example.ic.public)
      same(agreement.agree(ifd, octets(example.ic.public)), example.shared)
      same(agreement.agree(ic, octets(example.ifd.public)), example.shared)
    } },
    { name: `${example.name}: keys for secure messaging and the token made with them`, run: () => {
      const seed = concat(octets(example.shared), octets(example.nonce))
      same(kenc(seed, 'AES-128'), example.enc)
      same(kmac(seed, 'AES-128'), example.mac)
      same(authenticationToken('AES-128', octets(example.mac), example.oid, agreement.publicKeyTag, octets(example.ifd.public)), example.token)
    } },
  ]
}

function fileChecks(example: Example): VectorCheck[] {
  return [
    { name: `${example.name}: the infos of EF.CardSecurity`, run: () => {
      const infos = parseSecurityInfos(octets(example.securityInfos))
      equal(infos.pace[0]?.parameterId, example.parameterId)
      deepEqual(infos.chipAuthentication.map(({ oid, version, keyId }) => ({ oid, version, keyId })), [{ oid: example.oid, version: 2, keyId: 1 }])
      const key = parsePublicKey(infos.chipAuthenticationKeys[0]?.publicKeyInfo ?? new Uint8Array(0))
      same(key && key.kind !== 'RSA' ? key.value : new Uint8Array(0), example.ic.public)
    } },
    { name: `${example.name}: version 2 alone is not taken for version 1`, run: () =>
      equal(chipAuthenticationOffer(octets(example.securityInfos)), 'unsupported') },
  ]
}

function protocolChecks(example: Example): VectorCheck[] {
  const ours = octets(example.ifd.public)
  return [
    { name: `${example.name}: MSE:Set AT and GENERAL AUTHENTICATE of version 1, with AES`, run: async () => {
      const { exchange, finished } = scriptedExchange([
        [`002241A40F800A${example.plainOid}840101`, '9000'],
        [command('00860000', encodeTlv(0x7c, encodeTlv(0x80, ours)), '00'), '7C009000'],
      ])
      deepEqual(await performChipAuthentication(exchange, dg14(example, 2), scriptedRandom(example.ifd.private)), sessionKeysOf('AES-128', octets(example.shared)))
      finished()
    } },
    { name: `${example.name}: MSE:Set KAT of version 1, with 3DES`, run: async () => {
      const { exchange, finished } = scriptedExchange([[command('002241A6', octets(`91${lengthOf(ours)}${example.ifd.public}840101`)), '9000']])
      deepEqual(await performChipAuthentication(exchange, dg14(example, 1), scriptedRandom(example.ifd.private)), sessionKeysOf('3DES', octets(example.shared)))
      finished()
    } },
  ]
}

export const vectorChecks: VectorCheck[] = [ecdh, dh].flatMap((example) => [...agreementChecks(example), ...fileChecks(example), ...protocolChecks(example)])
