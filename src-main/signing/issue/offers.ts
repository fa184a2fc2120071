import type { Address, CertificateFact, DisplayPage, Signature, ShowingId, Words } from '@contract/display'
import { toCivil } from '@contract/civil-time'
import { formatDate, maskIdNumber, maskPhone } from '@contract/format'
import type { DraftId, Instant } from '@contract/ids'
import type { CaProvider, CertificateSheet } from '@contract/signing'
import type { ConsentSheet, Offer } from '../../hall'
import type { Issuance } from './records'

/** The sheet that is agreed to before a signature is issued. */
export const CONSENT_SHEET = 'chu-ky-so'

const same = (text: string): Words => ({ vi: text, en: text })
const day = (instant: Instant): string => formatDate(toCivil(new Date(instant)).date)

/** What this CA says of itself, behind the paragraphs of the sheet: who issues, what it costs, where it is revoked. */
export function termsOf({ name, licence, price, years, hotline, revokeAt, terms, demo }: CaProvider): Words[] {
  const who = {
    vi: `Đơn vị cấp chứng thư: ${name} (giấy phép ${licence}).${demo ? ' Đơn vị này chỉ để trình diễn: chữ ký không có giá trị pháp lý.' : ''} Phường chỉ tiếp nhận đăng ký, không cấp chứng thư và không giữ khóa ký.`,
    en: `The certificate is issued by ${name} (licence ${licence}).${demo ? ' This CA is for demonstration only: its signatures have no legal effect.' : ''} The ward only registers the application; it issues no certificate and holds no signing key.`,
  }
  const cost = {
    vi: `Thời hạn ${years} năm. Phí: ${price.vi}. Điều khoản sử dụng: ${terms}.`,
    en: `Valid for ${years} ${years === 1 ? 'year' : 'years'}. Fee: ${price.en}. Terms of use: ${terms}.`,
  }
  const help = {
    vi: `Mất thiết bị, lộ mã PIN hoặc muốn thôi dùng: báo thu hồi tại ${revokeAt}, tổng đài ${hotline}.`,
    en: `If the device is lost, the PIN is known to somebody, or you want to stop: have it revoked at ${revokeAt}, hotline ${hotline}.`,
  }
  return [who, cost, help]
}

export const withTerms = (sheet: ConsentSheet, provider: CaProvider): ConsentSheet => ({ ...sheet, paragraphs: [...sheet.paragraphs, ...termsOf(provider)] })

type Asked = Readonly<{ address: Address; draftId: DraftId | null; pushed(since: Instant): void }>

/** Consent and terms. `decide` keeps the answer; what it throws leaves the page as it is. */
export function consentOffer(sheet: ConsentSheet, { address, draftId, pushed }: Asked, decide: (agreed: boolean, signature: Signature | null, showing: ShowingId) => void): Offer {
  const { code, title, paragraphs, sign } = sheet
  return {
    draftId,
    page: (id) => ({ kind: 'consent', id, address, sheet: code, title, paragraphs: [...paragraphs], sign }),
    officer: (since) => {
      pushed(since)
      return { kind: 'consent', sheet: code, title, since }
    },
    take: (answer, showing) => {
      if (answer.kind !== 'agree' && answer.kind !== 'decline') return null
      const signature = answer.kind === 'agree' ? answer.signature : null
      decide(answer.kind === 'agree', signature, showing)
      return { words: answer.kind === 'agree' ? 'consented' : 'refused', outcome: answer.kind, signed: signature !== null }
    },
  }
}

type CertificatePage = Extract<DisplayPage, { kind: 'certificate' }>

/** The certificate that will be asked for, or that is handed over. */
export function certificateOffer(page: Pick<CertificatePage, 'purpose' | 'demo' | 'sign'> & Readonly<{ facts: readonly CertificateFact[] }>, { address, draftId, pushed }: Asked,
  decide: (right: boolean, signature: Signature | null, showing: ShowingId) => void): Offer {
  const { purpose, demo, sign, facts } = page
  return {
    draftId,
    page: (id) => ({ kind: 'certificate', id, address, purpose, demo, sign, facts: [...facts] }),
    officer: (since) => {
      pushed(since)
      return { kind: 'certificate', purpose, since }
    },
    take: (answer, showing) => {
      if (answer.kind !== 'right' && answer.kind !== 'wrong') return null
      const signature = answer.kind === 'right' ? answer.signature : null
      decide(answer.kind === 'right', signature, showing)
      if (answer.kind === 'wrong') return { words: 'certificate-wrong', outcome: 'wrong', signed: false }
      return { words: 'certificate-right', outcome: 'right', signed: signature !== null }
    },
  }
}

/** What the certificate will say. Numbers masked: the display stands in a room with others. */
export function contentFacts({ subject, provider, phone, kind }: Issuance): CertificateFact[] {
  const { fullName, idNumber, province } = subject
  const { name, licence, years, price } = provider
  return [
    { key: 'name', value: same(fullName) },
    { key: 'idNumber', value: same(maskIdNumber(idNumber)) },
    { key: 'province', value: same(province) },
    { key: 'provider', value: { vi: `${name} (giấy phép ${licence})`, en: `${name} (licence ${licence})` } },
    { key: 'validity', value: { vi: `${years} năm kể từ ngày cấp`, en: `${years} ${years === 1 ? 'year' : 'years'} from the day of issue` } },
    { key: 'key', value: kind === 'token' ? { vi: 'Nằm trong thiết bị ký (USB) của công dân', en: 'In the citizen\'s own signing token (USB)' } : { vi: 'Ký từ xa, xác nhận trên điện thoại', en: 'Remote, confirmed on the phone' } },
    ...(phone === null ? [] : [{ key: 'phone' as const, value: same(maskPhone(phone)) }]),
    { key: 'price', value: price },
  ]
}

/** What was issued, and what to do when it is lost. */
export function handoverFacts({ subject, provider }: Issuance, sheet: CertificateSheet): CertificateFact[] {
  return [
    { key: 'name', value: same(subject.fullName) },
    { key: 'serial', value: same(sheet.serial) },
    { key: 'provider', value: same(provider.name) },
    { key: 'from', value: same(day(sheet.notBefore)) },
    { key: 'until', value: same(day(sheet.notAfter)) },
    { key: 'revokeAt', value: same(`${provider.revokeAt} · ${provider.hotline}`) },
  ]
}
