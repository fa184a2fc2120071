import { createHash } from 'node:crypto'
import type { DocumentInfo, DraftView } from '@contract/draft'
import type { Instant } from '@contract/ids'
import { formatMoneyLong } from '@contract/format'
import type { DraftPerson } from '@contract/person'
import type { Procedure, ProcedureComponent } from '@contract/procedures'
import type { Settings } from '@contract/settings'
import type { DeclarationPaper } from '../paperwork'

type Section = DeclarationPaper['sections'][number]
export type DeclarationInput = Readonly<{
  draft: Pick<DraftView, 'content' | 'fee'>
  procedure: Procedure
  /** Without the declaration itself. */
  documents: readonly DocumentInfo[]
  settings: Pick<Settings, 'ward'>
  officer: string
  at: Instant
  practice: boolean
}>

const KINDS: Readonly<Record<ProcedureComponent['kind'], string>> = {
  original: 'bản chính', 'certified-copy': 'bản sao chứng thực', copy: 'bản sao', electronic: 'bản điện tử', shown: 'xuất trình',
}
const MARKS: Readonly<Record<string, string>> = { seen: 'đã nộp bản giấy', 'not-needed': 'không cần', owed: 'nộp sau', reused: 'dùng lại giấy tờ đã có' }
const CAPACITY = { self: 'Cho chính mình', child: 'Cho con chưa thành niên', authorised: 'Theo ủy quyền', organisation: 'Cho tổ chức' } as const
const SEX = { male: 'Nam', female: 'Nữ' } as const

const line = (text: string): string => text.normalize('NFC').replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ').trim()
const entry = (name: string, value: string): Section['entries'] => (line(value) === '' ? [] : [{ name, value: line(value).slice(0, 2000) }])
const section = (title: string, entries: Section['entries']): Section[] => (entries.length === 0 ? [] : [{ title, entries }])

const personEntries = ({ fullName, idNumber, birthDate, sex, address, phone, email }: DraftPerson): Section['entries'] => [
  ...entry('Họ, chữ đệm, tên', fullName), ...entry('Số định danh', idNumber), ...entry('Ngày sinh', birthDate), ...(sex === null ? [] : entry('Giới tính', SEX[sex])),
  ...entry('Nơi cư trú', address), ...entry('Số điện thoại', phone), ...entry('Thư điện tử', email),
]

function errandEntries({ draft: { content, fee }, procedure, settings }: DeclarationInput): Section['entries'] {
  const answers = procedure.eligibility.flatMap(({ id, question, answers: choices }) => entry(question, choices.find((answer) => answer.id === content.answers[id])?.label ?? ''))
  const price = fee === null || fee.needsAmount ? [] : entry('Phí, lệ phí', fee.total === 0 ? 'Miễn phí' : formatMoneyLong(fee.total))
  const delivery = content.delivery.method === 'post' ? `Qua bưu chính: ${content.delivery.address}` : `Nhận tại ${settings.ward.unitName}`
  return [...answers, ...entry('Số bộ hồ sơ', String(content.sets)), ...price, ...entry('Nhận kết quả', delivery)]
}

function behalfSections({ capacity, owner, organisation }: DraftView['content']): Section[] {
  if (capacity === 'self') return []
  const entries = capacity === 'organisation' ? [...entry('Tên tổ chức', organisation.name), ...entry('Mã số thuế', organisation.taxCode)] : personEntries(owner)
  return section(CAPACITY[capacity], entries)
}

/** Papers that were handed in: files with their pages, and what the officer saw on paper. */
function papersOf({ draft: { content }, procedure, documents }: DeclarationInput): DeclarationPaper['documents'] {
  return procedure.components.flatMap(({ code, name, kind }) => {
    const files = documents.filter(({ component }) => component === code)
    if (files.length > 0) return [{ name: line(name), kind: KINDS[kind], pages: files.every(({ pages }) => pages !== null) ? files.reduce((sum, { pages }) => sum + (pages ?? 0), 0) : null }]
    const mark = MARKS[content.components[code]?.mark ?? 'pending']
    return mark === undefined ? [] : [{ name: line(name), kind: mark, pages: null }]
  })
}

/** Phường and xã as the place line before the date wants them. */
const placeOf = (wardName: string): string => /(phường|xã|đặc khu)\s+.+$/iu.exec(wardName)?.[0] ?? wardName

/** Everything that the declaration prints: what the draft records, in full, for the citizen to sign. */
export function declarationData(input: DeclarationInput): DeclarationPaper {
  const { draft: { content }, procedure, settings: { ward }, officer, at, practice } = input
  return {
    frame: { agencyParent: ward.parentAgency, agencyName: ward.name, unitName: ward.unitName, place: line(placeOf(ward.name)), officerName: officer, at, practice },
    dossierCode: null, procedure: { code: procedure.code, name: line(procedure.name) },
    applicant: { fullName: line(content.applicant.fullName).slice(0, 200), idNumber: line(content.applicant.idNumber) === '' ? null : line(content.applicant.idNumber) },
    sections: [...section('Người nộp hồ sơ', personEntries(content.applicant)), ...behalfSections(content), ...section('Nội dung đề nghị', errandEntries(input))],
    documents: papersOf(input), demo: practice,
  }
}

/** Tells whether a declaration is still that of the draft; when and by whom it was printed does not count. */
export function digestOfDeclaration({ frame: _frame, ...data }: DeclarationPaper): string {
  return createHash('sha256').update(JSON.stringify(data)).digest('hex')
}

/** The component that a declaration fulfils: the procedure's own form. Null where it has none. */
export const formOf = ({ components }: Pick<Procedure, 'components'>): string | null => components.find(({ code }) => /^(?:to-khai|don)(?:-|$)/u.test(code))?.code ?? null
