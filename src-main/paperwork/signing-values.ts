import { toCivil } from '@contract/civil-time'
import { formatDate, formatDateTime, formatFormDate, formatIdNumber, formatPhone, formatTime, maskIdNumber } from '@contract/format'
import type { Filling, Texts } from './form-press'
import type { PaperDevice, PaperFrame, PaperPerson, PaperProvider, SigningPaperData, SigningPaperKind, SigningPaperWish } from './signing-paper-data'

const FRAME = ['agencyName', 'unitName', 'place', 'day', 'officerName'] as const
const PROVIDER = ['providerName', 'licence', 'terms', 'price', 'providerHotline', 'revokeAt', 'years'] as const
const PERSON = ['fullName', 'idNumber', 'birthDate', 'sex', 'province', 'phone'] as const
const DEVICE = ['deviceLabel', 'deviceSerial', 'account'] as const

/** Names that a form may use between braces, by paper. A form that uses another one is refused when it is loaded. */
export const NAMES = {
  agreement: [...FRAME, ...PROVIDER, ...PERSON, ...DEVICE, 'number', 'key', 'renewalOf', 'consentTime'],
  handover: [...FRAME, ...PROVIDER, ...PERSON, ...DEVICE, 'number', 'serial', 'subject', 'issuer', 'notBefore', 'notAfter', 'key', 'trialTime'],
  leaflet: [...FRAME, ...PROVIDER, 'address', 'hotline', 'hours'],
  slip: [...FRAME, ...PROVIDER, ...PERSON, 'number', 'from', 'hotline'],
  'daily-list': [...FRAME, 'listDay', 'done', 'open', 'month', 'year', 'target', 'percent'],
  declaration: [...FRAME, 'dossierCode', 'procedureName', 'procedureCode', 'fullName', 'idNumber'],
} as const satisfies Record<SigningPaperKind, readonly string[]>

/** Lists of a paper, and the names of their entries. */
export const LISTS = {
  agreement: { contents: ['name', 'value'] },
  handover: {},
  leaflet: {},
  slip: { steps: ['step'] },
  'daily-list': { rows: ['index', 'time', 'fullName', 'idNumber', 'provider', 'serial', 'officer', 'state'] },
  declaration: { sections: ['title', 'name', 'value'], documents: ['index', 'name', 'kind', 'pages'] },
} as const satisfies Record<SigningPaperKind, Readonly<Record<string, readonly string[]>>>

/** What a block may depend on. */
export const FLAGS = {
  agreement: ['token', 'remote', 'demo', 'renewal', 'consentOnDisplay', 'consentOnPaper'],
  handover: ['token', 'remote', 'demo', 'trial'],
  leaflet: ['token', 'remote', 'demo'],
  slip: ['token', 'remote', 'demo', 'comeBack', 'byItself'],
  'daily-list': ['demo', 'target'],
  declaration: ['demo', 'code'],
} as const satisfies Record<SigningPaperKind, readonly string[]>

const at = (instant: string): Date => new Date(instant)
const number = (count: number): string => count.toLocaleString('vi-VN')
const flagsOf = (flags: Readonly<Record<string, boolean>>): ReadonlySet<string> => new Set(Object.keys(flags).filter((name) => flags[name]))

const frameTexts = ({ agencyName, unitName, place, officerName, at: when }: PaperFrame): Texts =>
  ({ agencyName, unitName, place, officerName, day: formatFormDate(toCivil(at(when)).date) })

const providerTexts = ({ name, licence, terms, price, hotline, revokeAt, years }: PaperProvider): Texts =>
  ({ providerName: name, licence, terms, price, providerHotline: hotline, revokeAt, years: String(years) })

const SEXES = { male: 'Nam', female: 'Nữ' } as const
const personTexts = ({ fullName, idNumber, birthDate, sex, province, phone }: PaperPerson): Texts => ({
  fullName, idNumber: formatIdNumber(idNumber), birthDate: formatDate(birthDate), sex: sex === null ? undefined : SEXES[sex], province, phone: phone === null ? undefined : formatPhone(phone),
})

const deviceTexts = (device: PaperDevice): Texts => (device.kind === 'token' ? { deviceLabel: device.label, deviceSerial: device.serial } : { account: device.account })

type Fillers = { readonly [Kind in SigningPaperKind]: (data: SigningPaperData[Kind]) => Omit<Filling, 'texts'> & { texts: Texts } }

const STATES = { done: 'Đã bàn giao', queued: 'Chờ gửi', waiting: 'Chờ cấp' } as const

const FILLERS: Fillers = {
  agreement: ({ provider, person, device, number, key, renewalOf, consent, contents }) => ({
    texts: {
      ...providerTexts(provider), ...personTexts(person), ...deviceTexts(device), number, key, renewalOf: renewalOf ?? undefined,
      consentTime: consent === null ? undefined : formatDateTime(at(consent.at)),
    },
    lists: { contents }, demo: provider.demo,
    flags: flagsOf({
      token: device.kind === 'token', remote: device.kind === 'remote', demo: provider.demo, renewal: renewalOf !== null,
      consentOnDisplay: consent?.how === 'display', consentOnPaper: consent?.how !== 'display',
    }),
  }),
  handover: ({ provider, person, certificate, device, number, trial }) => ({
    texts: {
      ...providerTexts(provider), ...personTexts(person), ...deviceTexts(device), number, serial: certificate.serial.toUpperCase(), subject: certificate.subject, issuer: certificate.issuer,
      notBefore: formatDateTime(at(certificate.notBefore)), notAfter: formatDateTime(at(certificate.notAfter)), key: certificate.key, trialTime: trial === null ? undefined : formatDateTime(at(trial.at)),
    },
    lists: {}, demo: provider.demo, flags: flagsOf({ token: device.kind === 'token', remote: device.kind === 'remote', demo: provider.demo, trial: trial !== null }),
  }),
  leaflet: ({ provider, address, hotline, hours }) => ({
    texts: { ...providerTexts(provider), address: address ?? undefined, hotline: hotline ?? undefined, hours: hours ?? undefined },
    lists: {}, demo: provider.demo, flags: flagsOf({ token: provider.kind === 'token', remote: provider.kind === 'remote', demo: provider.demo }),
  }),
  slip: ({ provider, person, number, done, next, from, hotline }) => ({
    texts: { ...providerTexts(provider), ...personTexts(person), number, from: from === null ? undefined : formatFormDate(toCivil(at(from)).date), hotline: hotline ?? undefined },
    lists: { steps: done.map((step) => ({ step })) }, demo: provider.demo,
    flags: flagsOf({ token: provider.kind === 'token', remote: provider.kind === 'remote', demo: provider.demo, comeBack: next === 'come-back', byItself: next === 'by-itself' }),
  }),
  'daily-list': ({ day, rows, month, year, target, demo }) => ({
    texts: {
      listDay: formatFormDate(day), done: number(rows.filter(({ state }) => state === 'done').length), open: number(rows.filter(({ state }) => state !== 'done').length), month: number(month), year: number(year),
      target: target === null ? undefined : number(target), percent: target === null ? undefined : `${String(Math.floor((year / target) * 100))}%`,
    },
    lists: {
      rows: rows.map((row, index) => ({
        index: String(index + 1), time: formatTime(at(row.at)), fullName: row.fullName, idNumber: maskIdNumber(row.idNumber), provider: row.provider, serial: row.serial?.toUpperCase() ?? '–', officer: row.officer, state: STATES[row.state],
      })),
    },
    demo, flags: flagsOf({ demo, target: target !== null }),
  }),
  declaration: ({ dossierCode, procedure, applicant, sections, documents, demo }) => ({
    texts: { dossierCode: dossierCode ?? undefined, procedureName: procedure.name, procedureCode: procedure.code, fullName: applicant.fullName, idNumber: applicant.idNumber === null ? undefined : formatIdNumber(applicant.idNumber) },
    lists: {
      sections: sections.flatMap(({ title, entries }) => entries.map(({ name, value }) => ({ title, name, value: value === '' ? '–' : value }))),
      documents: documents.map(({ name, kind, pages }, index) => ({ index: String(index + 1), name, kind, pages: pages === null ? '–' : String(pages) })),
    },
    demo, flags: flagsOf({ demo, code: dossierCode !== null }),
  }),
}

/** The texts, lists and conditions of a paper; what its data do not have stays out. */
export function fillingOf(wish: SigningPaperWish): Filling {
  // The kind of a wish and its data belong together by type; the table is looked up by both at once.
  const filler = FILLERS[wish.paper] as (data: SigningPaperWish['data']) => Filling
  const { texts, ...rest } = filler(wish.data)
  return { ...rest, texts: { ...frameTexts(wish.data.frame), ...texts } }
}
