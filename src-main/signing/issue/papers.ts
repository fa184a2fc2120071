import { formatIdNumber } from '@contract/format'
import { Instant } from '@contract/ids'
import type { CertificateSheet, KeyKind } from '@contract/signing'
import type { PaperFrame, SigningPaper, SigningPaperData } from '../../paperwork'
import { parseCertificate } from '../../identity/pki'
import { sheetOf } from '../certificate-facts'
import type { IssueDeps } from './ports'
import type { Issuance } from './records'

const KEY_NAMES: Readonly<Record<KeyKind, string>> = { 'rsa-2048': 'RSA 2048', 'rsa-3072': 'RSA 3072', 'p-256': 'ECDSA P-256' }

/** Tells papers of one day apart: the last digits of the issuance's id are random. */
export const numberOf = ({ id }: Pick<Issuance, 'id'>): string => id.slice(-8).toUpperCase()

const providerOf = ({ provider }: Issuance): SigningPaperData['agreement']['provider'] => {
  const { name, licence, kind, years, price, terms, hotline, revokeAt, demo } = provider
  return { name, licence, kind, years, price: price.vi, terms, hotline, revokeAt, demo }
}
const personOf = ({ subject, phone }: Issuance): SigningPaperData['agreement']['person'] => ({ ...subject, phone })
const deviceOf = ({ kind, tokenLabel, tokenSerial, subject }: Issuance): SigningPaperData['agreement']['device'] =>
  kind === 'remote' ? { kind, account: formatIdNumber(subject.idNumber) } : { kind, label: tokenLabel ?? '–', serial: tokenSerial ?? '–' }

/** The certificate for people to read; null before there is one. */
export function certificateOf({ certificate, chain, provider }: Pick<Issuance, 'certificate' | 'chain' | 'provider'>, now: Date): CertificateSheet | null {
  if (certificate === null) return null
  const read = parseCertificate(certificate)
  const state = now < read.notBefore ? 'not-yet' : now > read.notAfter ? 'expired' : 'in-force'
  return sheetOf(read, { chain: [read, ...chain.map((one) => parseCertificate(one))], state, demo: provider.demo })
}

export function agreementData(issuance: Issuance, frame: PaperFrame): SigningPaperData['agreement'] {
  const { subject, kind, keyKind, renewalOf, consentHow, consentAt } = issuance
  return {
    frame, number: numberOf(issuance), provider: providerOf(issuance), person: personOf(issuance),
    contents: [
      { name: 'Họ và tên (CN)', value: subject.fullName }, { name: 'Định danh (UID)', value: `CCCD:${subject.idNumber}` },
      { name: 'Tỉnh, thành phố (ST)', value: subject.province }, { name: 'Quốc gia (C)', value: 'VN' },
    ],
    key: keyKind === null ? (kind === 'remote' ? 'Ký từ xa' : 'RSA 2048') : KEY_NAMES[keyKind], device: deviceOf(issuance), renewalOf,
    consent: consentHow === null || consentAt === null ? null : { how: consentHow, at: consentAt },
  }
}

export function handoverData(issuance: Issuance, sheet: CertificateSheet, frame: PaperFrame): SigningPaperData['handover'] {
  const { serial, subject, issuer, notBefore, notAfter, key } = sheet
  return {
    frame, number: numberOf(issuance), provider: providerOf(issuance), person: personOf(issuance), device: deviceOf(issuance),
    certificate: { serial, subject, issuer, notBefore, notAfter, key }, trial: issuance.trialAt === null ? null : { at: issuance.trialAt },
  }
}

const DONE_WORDS = [
  'Đồng ý và mục đích', 'Xác thực giấy tờ', 'Đúng người', 'Số điện thoại', 'Công dân xem nội dung chứng thư', 'Công dân đặt mã PIN', 'Tạo khóa trong thiết bị', 'Nhận chứng thư', 'Ký thử',
] as const
const REMOTE_WORDS: Readonly<Partial<Record<number, string>>> = { 5: 'Đăng ký tài khoản ký từ xa', 6: 'Kích hoạt trên điện thoại' }

export function slipData(issuance: Issuance, frame: PaperFrame, paper: SigningPaperData['slip']['paper']): SigningPaperData['slip'] {
  const { done, kind, provider } = issuance
  return {
    frame, paper, number: numberOf(issuance), provider: providerOf(issuance), person: personOf(issuance),
    done: DONE_WORDS.slice(0, done).map((word, index) => (kind === 'remote' ? REMOTE_WORDS[index] ?? word : word)),
    next: kind === 'token' ? 'come-back' : 'by-itself', from: null, hotline: provider.hotline,
  }
}

export const leafletData = (issuance: Issuance, frame: PaperFrame, paper: SigningPaperData['leaflet']['paper'], office: Pick<SigningPaperData['leaflet'], 'address' | 'hotline' | 'hours'>): SigningPaperData['leaflet'] =>
  ({ frame, paper, provider: providerOf(issuance), ...office })

/** The agreement as it will be signed. */
export const agreementPaper = (deps: Pick<IssueDeps, 'paperwork' | 'frame'>, issuance: Issuance): Promise<SigningPaper> =>
  deps.paperwork.signingPaper('agreement', agreementData(issuance, deps.frame(issuance.officerName)))
export const instantNow = (deps: Pick<IssueDeps, 'clock'>): Instant => Instant.parse(deps.clock.now().toISOString())
