import { procedureText } from '@contract/codes'
import { formatDate, formatMoney } from '@contract/format'
import { bareCondition } from '@contract/guide'
import type { ComponentKind, FeeRule, Procedure, ProcedureTime } from '@contract/procedures'
import type { Paper } from '@contract/receipt'
import type { Settings } from '@contract/settings'
import type { LeafletData } from '../paperwork'

type Language = 'vi' | 'en'
export type LeafletOptions = Readonly<{ language: Language; paper: Paper; practice: boolean }>

const KIND: Readonly<Record<Language, Record<ComponentKind, string>>> = {
  vi: { original: 'bản chính', 'certified-copy': 'bản sao chứng thực', copy: 'bản sao', electronic: 'bản điện tử', shown: 'đưa xem tại quầy' },
  en: { original: 'original', 'certified-copy': 'certified copy', copy: 'copy', electronic: 'electronic', shown: 'to be shown at the counter' },
}
const UNIT: Readonly<Record<Language, Record<Exclude<ProcedureTime['unit'], 'same-day'>, string>>> = {
  vi: { 'working-hour': 'giờ làm việc', 'working-day': 'ngày làm việc', day: 'ngày', month: 'tháng' },
  en: { 'working-hour': 'working hours', 'working-day': 'working days', day: 'days', month: 'months' },
}
const SAYS = {
  vi: {
    free: 'miễn phí', copy: 'một bản', council: 'theo nghị quyết của Hội đồng nhân dân thành phố; hỏi tại quầy', exempt: 'Miễn cho',
    page: (first: string, pages: number, then: string, cap: string) => `${first} một trang, từ trang ${String(pages + 1)} ${then} một trang, nhiều nhất ${cap} một bản`,
    sameDay: 'Trong ngày', late: 'nhận sau 15 giờ thì trả ngày làm việc sau', noTime: 'Quầy hẹn ngày khi nhận hồ sơ',
    here: 'Nộp tại đây', decision: 'Nộp tại đây, hoặc tại Ủy ban nhân dân phường, xã nào cũng được', elsewhere: 'Không nộp tại đây',
    yes: 'Có: nộp tại đây.', same: 'Không, nhưng trong thành phố này: quầy vẫn nhận hồ sơ.', far: 'Tỉnh, thành phố khác:', no: 'Không:',
  },
  en: {
    free: 'free of charge', copy: 'a copy', council: 'as the city\'s People\'s Council sets; ask at the counter', exempt: 'Exempt',
    page: (first: string, pages: number, then: string, cap: string) => `${first} a page, ${then} a page from page ${String(pages + 1)}, at most ${cap} a copy`,
    sameDay: 'The same day', late: 'the next working day when received after 3 p.m.', noTime: 'The counter tells the day when it receives the papers',
    here: 'Hand in here', decision: 'Hand in here, or at any ward or commune office', elsewhere: 'Not received here',
    yes: 'Yes: hand in here.', same: 'No, but within this city: this counter receives it all the same.', far: 'Another province:', no: 'No:',
  },
} as const

function amountOf(rule: FeeRule, language: Language): string {
  const says = SAYS[language]
  switch (rule.kind) {
    case 'free': return says.free
    case 'fixed': return formatMoney(rule.amount)
    case 'perCopy': return `${formatMoney(rule.amount)} ${says.copy}`
    case 'perPage': return says.page(formatMoney(rule.first.amount), rule.first.pages, formatMoney(rule.thenAmount), formatMoney(rule.cap))
    case 'council': return rule.amount === undefined ? says.council : formatMoney(rule.amount)
  }
}

function feesOf({ fee }: Procedure, language: Language): string[] {
  const exempt = fee.exemptions.map(({ name }) => `${name.charAt(0).toLocaleLowerCase('vi')}${name.slice(1)}`)
  return [
    ...fee.rules.map((rule) => `${rule.name}: ${amountOf(rule, language)}`),
    ...(exempt.length > 0 ? [`${SAYS[language].exempt}: ${exempt.join('; ')}`] : []),
  ]
}

function timeOf({ time }: Procedure, language: Language): string[] {
  const says = SAYS[language]
  if (!time) return [says.noTime]
  const head = time.unit === 'same-day' ? says.sameDay : `${String(time.amount)} ${UNIT[language][time.unit]}`
  return [time.afterFifteen ? `${head}; ${says.late}` : head, ...(time.extension === undefined ? [] : [time.extension])]
}

/** Where it is handed in, and what is asked first where that decides. */
function placeOf({ jurisdiction, placeIndependence }: Procedure, language: Language): LeafletData['place'] {
  const says = SAYS[language]
  if (jurisdiction.kind === 'police' || jurisdiction.kind === 'city') return { here: false, title: says.elsewhere, words: [jurisdiction.goTo] }
  if (jurisdiction.kind === 'any' || placeIndependence === 'decision') return { here: true, title: placeIndependence === 'decision' ? says.decision : says.here, words: [] }
  const goTo = `${jurisdiction.goTo.charAt(0).toLocaleLowerCase('vi')}${jurisdiction.goTo.slice(1)}`
  const otherwise = placeIndependence === 'reception' ? [says.same, `${says.far} ${goTo}`] : [`${says.no} ${goTo}`]
  return { here: true, title: jurisdiction.question, words: [says.yes, ...otherwise] }
}

/** All that the leaflet of a procedure says. What stands in the catalogue stays in its language. */
export function leafletData(procedure: Procedure, { ward, workingHours }: Pick<Settings, 'ward' | 'workingHours'>, { language, paper, practice }: LeafletOptions): LeafletData {
  return {
    language, paper, practice, agency: ward.name, unit: ward.unitName, address: ward.address ?? null, hotline: ward.hotline ?? null, hours: workingHours,
    code: procedure.code, name: procedure.name, place: placeOf(procedure, language),
    papers: procedure.components.map(({ name, kind, quantity, required, note }) => ({
      name, about: kind === 'shown' && quantity === 1 ? KIND[language][kind] : `${String(quantity)} ${KIND[language][kind]}`,
      condition: required.when === 'conditional' ? bareCondition(required.condition) : null, note: note ?? null,
    })),
    fees: feesOf(procedure, language), time: timeOf(procedure, language), result: procedure.result.name, legal: procedure.legalBasis,
    version: formatDate(procedure.version.slice(0, 10)), qr: procedureText(procedure.code),
  }
}
