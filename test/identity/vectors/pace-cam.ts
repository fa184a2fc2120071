import { equal } from 'node:assert/strict'
import { chipData, checkCam, decryptChipData, encryptChipData } from '../../../src-main/identity/chip/cam'
import { encryptBlock } from '../../../src-main/identity/chip/ciphers'
import { type Curve, domainParameters } from '../../../src-main/identity/chip/domain-parameters'
import { inverse } from '../../../src-main/identity/chip/integers'
import type { CamEvidence } from '../../../src-main/identity/chip/types'
import { integerOf, octets, same, type VectorCheck } from '../chip/script'
import { agreementChecks, agreementFor, type CardSide, dialogueCheck, keyChecks, type WorkedPace } from '../chip/worked-pace'

/** ICAO 9303-11 appendix I: worked example of PACE with chip authentication mapping. */

const example: WorkedPace = {
  name: '9303-11 I.1 PACE-ECDH-CAM',
  cardAccess: '31143012060A04007F0007020204060202010202010D',
  info: { oid: '0.4.0.127.0.7.2.2.4.6.2', agreement: 'ECDH', mapping: 'CAM', cipher: 'AES-128', parameterId: 13 },
  information: 'C11T002JM496081222310314',
  secret: '894D03F148C6265E89845B218856EA34D00EF8E8',
  kpi: '4E6F6FBF7BE748B932C7B74161BBA9DF',
  encryptedNonce: 'CB60E8E0D85B76A9BD304747C2AD42E2',
  nonce: '658B860BC94DF6F044FCE6D5C82CF8E5',
  generator: [
    '0489F0B5EABF3BE293C75903A3986131925C9F5B515CA95AF485DC7E886F03245D44BEFB2DD3A0DBD71CB5E618971CF4',
    '747F12B79E548379A40E45963BAAF3E829',
  ].join(''),
  ifd: {
    private: '76ECFDAA9841C323A3F5FC5E88B88DB3EFF7E35EBF57A7E6946CB630006C2120',
    public: [
      '04446C934084D9DAB863944F219520076C29EE3F7AE6722B11FF319EC1C7728F955483400BFF60BF0C5929270009277D',
      'C2A515E12575010AD9BA916CF1BF86FEFC',
    ].join(''),
  },
  ic: {
    private: 'CD626EF3C256E235FE8912CAC28279E626008EDA6B3A05C4CF862A3BDAB79E78',
    public: [
      '0402AD566F3C6EC7F9324509AD50A51FA52030782A4968FCFEDF737DAEA993333111C3B9B4C2287789BD137E7F8AA882',
      'E2A3C633CCD6ECC2C63C57AD401A09C2E1',
    ].join(''),
  },
  shared: '67950559D0C06B4D4B86972D14460837461087F8419FDBC36AAF6CEAAC462832',
  enc: '0A9DA4DB03BDDE39FC5202BC44B2E89E',
  mac: '4B1C06491ED5140CA2B537D344C6C0B1',
  tokenInputIfd: [
    '7F494F060A04007F0007020204060286410402AD566F3C6EC7F9324509AD50A51FA52030782A4968FCFEDF737DAEA993',
    '333111C3B9B4C2287789BD137E7F8AA882E2A3C633CCD6ECC2C63C57AD401A09C2E1',
  ].join(''),
  tokenInputIc: [
    '7F494F060A04007F00070202040602864104446C934084D9DAB863944F219520076C29EE3F7AE6722B11FF319EC1C772',
    '8F955483400BFF60BF0C5929270009277DC2A515E12575010AD9BA916CF1BF86FEFC',
  ].join(''),
  tokenIfd: 'E86BD06018A1CD3B',
  tokenIc: '8596CF055C67C1A3',
  random: [
    '5D8BB87BD74D985A4B7D4325B9F7B976FE835122773400798914AA22738135CC',
    '76ECFDAA9841C323A3F5FC5E88B88DB3EFF7E35EBF57A7E6946CB630006C2120',
  ],
  dialogue: [
    [
      '0022C1A40F800A04007F00070202040602830101',
      '9000',
    ],
    [
      '10860000027C0000',
      '7C128010CB60E8E0D85B76A9BD304747C2AD42E29000',
    ],
    [
      [
        '10860000457C438141047F1D410ADB7DDB3B84BF1030800981A9105D7457B4A3ADE002384F3086C67EDE1AB889104A27',
        'DB6D842B019020FBF3CEACB0DC627F7BDCAC29969E19D0E553C100',
      ].join(''),
      [
        '7C43824104A234236AA9B9621E8EFB73B5245C0E09D2576E5277183C1208BDD55280CAE8B304F365713A356E65A451E1',
        '65ECC9AC0AC46E3771342C8FE5AEDD092685338E239000',
      ].join(''),
    ],
    [
      [
        '10860000457C43834104446C934084D9DAB863944F219520076C29EE3F7AE6722B11FF319EC1C7728F955483400BFF60',
        'BF0C5929270009277DC2A515E12575010AD9BA916CF1BF86FEFC00',
      ].join(''),
      [
        '7C4384410402AD566F3C6EC7F9324509AD50A51FA52030782A4968FCFEDF737DAEA993333111C3B9B4C2287789BD137E',
        '7F8AA882E2A3C633CCD6ECC2C63C57AD401A09C2E19000',
      ].join(''),
    ],
    [
      '008600000C7C0A8508E86BD06018A1CD3B00',
      [
        '7C3C86088596CF055C67C1A38A301EEA964DAAE372AC990E3EFDE6333353BFC89A6704D93DA8798CF77F5B7A54BD10CB',
        'A372B42BE0B9B5F28AA8DE2F4F929000',
      ].join(''),
    ],
  ],
}

const mapping = {
  ifd: {
    private: '5D8BB87BD74D985A4B7D4325B9F7B976FE835122773400798914AA22738135CC',
    public: [
      '047F1D410ADB7DDB3B84BF1030800981A9105D7457B4A3ADE002384F3086C67EDE1AB889104A27DB6D842B019020FBF3',
      'CEACB0DC627F7BDCAC29969E19D0E553C1',
    ].join(''),
  },
  ic: {
    private: '9E56A6B59C95D06ECE5CD10F983BB2F4F1943528E577F23881D89D8C3BBEE0AA',
    public: [
      '04A234236AA9B9621E8EFB73B5245C0E09D2576E5277183C1208BDD55280CAE8B304F365713A356E65A451E165ECC9AC',
      '0AC46E3771342C8FE5AEDD092685338E23',
    ].join(''),
  },
  shared: [
    '042C1DCC1773346492C6636A36EE4B965E292E9AAE7EE37736EF58B9D0A043F348403A8CF33CA7DC0D9DF61D0889CE24',
    '424FF97C1AAD48A5CA2A554B071EF7638D',
  ].join(''),
}

const encrypted = '1EEA964DAAE372AC990E3EFDE6333353BFC89A6704D93DA8798CF77F5B7A54BD10CBA372B42BE0B9B5F28AA8DE2F4F92'
const initialVector = 'F6A3B75A1E933941DD7A13E2520779DF'
const decrypted = '85DC3FA93D0952BFA82F5FD189EE75BD82F11D1F0B8ED4BF5319AC9B53C426B3'
/** ChipAuthenticationPublicKeyInfo of EF.CardSecurity, here as the only member of a set. */
const publicKeyInfo = [
  '3062060904007F0007020201023052300C060704007F0007010202010D034200041872709494399E7470A6431BE25E83EEE24FEA568C2ED28DB48E05DB3A61',
  '0DC884D256A40E35EFCB59BF6753D3A489D28C7A4D973C2DA138A6E7A4A08F68E16F02010D',
].join('')
const staticPublicKey = '041872709494399E7470A6431BE25E83EEE24FEA568C2ED28DB48E05DB3A610DC884D256A40E35EFCB59BF6753D3A489D28C7A4D973C2DA138A6E7A4A08F68E16F'
const infos = octets(`3164${publicKeyInfo}`)
const evidence: CamEvidence = { parameterId: 13, mappingPublicKey: octets(mapping.ic.public), chipAuthenticationData: octets(decrypted) }

const mapped = (): ReturnType<typeof agreementFor> => {
  const agreement = agreementFor(example.info)
  return agreement.mapGeneric(octets(example.nonce), agreement.keyPairOf(integerOf(mapping.ifd.private)), octets(mapping.ic.public))
}

/** The static private key is not printed; CA_IC and the mapping key give it, and its public key shows that it is right. */
function staticKey(): bigint {
  const { n } = curve()
  return (inverse(integerOf(decrypted), n) * integerOf(mapping.ic.private)) % n
}
function curve(): Curve {
  const found = domainParameters(13)
  if (found?.kind !== 'ECDH') throw new Error('no such curve')
  return found
}
function chipSide(): void {
  same(agreementFor(example.info).keyPairOf(staticKey()).publicKey, staticPublicKey)
  same(chipData(curve(), staticKey(), integerOf(mapping.ic.private)), decrypted)
  same(encryptChipData('AES-128', octets(example.enc), octets(decrypted)), encrypted)
}

export const vectorChecks: VectorCheck[] = [
  ...keyChecks(example),
  { name: `${example.name}: the mapping, on both sides`, run: () => {
    const agreement = agreementFor(example.info)
    const ifd = agreement.keyPairOf(integerOf(mapping.ifd.private))
    const ic = agreement.keyPairOf(integerOf(mapping.ic.private))
    same(ifd.publicKey, mapping.ifd.public)
    same(ic.publicKey, mapping.ic.public)
    same(agreement.sharedElement(ifd, ic.publicKey), mapping.shared)
    same(agreement.mapGeneric(octets(example.nonce), ic, ifd.publicKey).generator, example.generator)
  } },
  ...agreementChecks(example, mapped),
  dialogueCheck(example, evidence),
  { name: `${example.name}: the chip authentication data and their initial vector`, run: () => {
    same(encryptBlock('AES-128', octets(example.enc), new Uint8Array(16).fill(0xff)), initialVector)
    same(decryptChipData('AES-128', octets(example.enc), octets(encrypted)) ?? new Uint8Array(0), decrypted)
  } },
  { name: `${example.name}: the chip holds the key of EF.CardSecurity`, run: () => equal(checkCam(evidence, infos), true) },
  { name: `${example.name}: the chip's half`, run: chipSide },
]

/** The chip's half of the example: what it draws, nonce first, and its static key. The printed private key of the agreement is beyond the order; this is the same one modulo it. */
export const cardSides: CardSide[] = [{ example, random: [example.nonce, mapping.ic.private, '2367171820683879C023083A24FEEC7499C71436B5D85ECD3F681BB9436F47D1'], staticKey: staticKey() }]
