/** How a catalogue lies in a workbook: one table for reading and for writing, so that the two cannot drift apart. */

export type ColumnKind =
  | { readonly as: 'text' }
  | { readonly as: 'code' }
  | { readonly as: 'integer' }
  | { readonly as: 'yes-no' }
  /** Joined by "; ". */
  | { readonly as: 'list' }
  /** One a line. */
  | { readonly as: 'lines' }
  | { readonly as: 'choice'; readonly words: Readonly<Record<string, string>> }

export interface Column {
  readonly title: string
  /** Path inside the item that the row stands for. */
  readonly path: string
  readonly kind: ColumnKind
  readonly width?: number
}

/** Rows of a child sheet name their parent by the first columns (`parents`), in the order code, version, question. */
export interface SheetLayout {
  readonly name: string
  readonly parents: readonly Column[]
  readonly columns: readonly Column[]
}

const text: ColumnKind = { as: 'text' }
const integer: ColumnKind = { as: 'integer' }
const choice = (words: Readonly<Record<string, string>>): ColumnKind => ({ as: 'choice', words })
const column = (title: string, path: string, kind: ColumnKind = text, width = 16): Column => ({ title, path, kind, width })

const MARKS = choice({ V: 'V', S: 'S', C: 'C', G: 'G' })
export const YES = 'Có'
export const NO = 'Không'

const ofProcedure = [column('Mã thủ tục', 'code', { as: 'code' }), column('Phiên bản', 'version', text, 12)]

export const HEAD: SheetLayout = {
  name: 'Danh mục', parents: [],
  columns: [column('Định dạng', 'format', text, 22), column('Phiên bản', 'version'), column('Ngày ban hành', 'issuedAt'), column('Nguồn', 'origin', text, 80)],
}

export const PROCEDURES: SheetLayout = {
  name: 'Thủ tục', parents: [],
  columns: [
    column('Mã thủ tục', 'code', { as: 'code' }, 12), column('Tên thủ tục', 'name', text, 50), column('Tên ngắn', 'shortName', text, 28), column('Lĩnh vực', 'field'),
    column('Phiên bản', 'version', text, 12), column('Hiệu lực từ', 'effectiveFrom', text, 12), column('Hiệu lực đến', 'effectiveTo', text, 12),
    column('Mức tin: mã', 'confidence.code', MARKS, 8), column('Mức tin: thành phần', 'confidence.components', MARKS, 8),
    column('Mức tin: thời hạn', 'confidence.time', MARKS, 8), column('Mức tin: phí', 'confidence.fee', MARKS, 8), column('Ghi chú mức tin', 'confidence.note', text, 40),
    column('Việc đời thường', 'lifeEvents', { as: 'list' }, 24), column('Từ khóa', 'keywords', { as: 'list' }, 50),
    column('Thời hạn', 'time.amount', integer, 8),
    column('Đơn vị thời hạn', 'time.unit', choice({ 'working-hour': 'giờ làm việc', 'working-day': 'ngày làm việc', day: 'ngày', month: 'tháng', 'same-day': 'trong ngày' })),
    column('Sau 15 giờ sang hôm sau', 'time.afterFifteen', { as: 'yes-no' }, 8), column('Kéo dài', 'time.extension', text, 30),
    column('Phi địa giới', 'placeIndependence', choice({ decision: 'giải quyết', reception: 'tiếp nhận', none: 'không' }), 12),
    column('Thẩm quyền', 'jurisdiction.kind', choice({ any: 'nơi nào cũng được', residence: 'nơi cư trú', place: 'nơi có sự việc', police: 'Công an', city: 'thành phố' })),
    column('Của ai, của gì', 'jurisdiction.of', choice({
      applicant: 'người yêu cầu', parent: 'cha mẹ', child: 'con', deceased: 'người mất', guardian: 'người giám hộ', spouse: 'vợ chồng', household: 'hộ',
      land: 'đất', house: 'nhà', business: 'cơ sở kinh doanh', certifier: 'nơi đã chứng thực', register: 'nơi giữ sổ', stay: 'chỗ ở', 'mediation-team': 'tổ hòa giải',
    })),
    column('Cơ quan thành phố', 'jurisdiction.agency', text, 24), column('Câu hỏi nơi', 'jurisdiction.question', text, 40), column('Chỉ dẫn nơi đến', 'jurisdiction.goTo', text, 40),
    column('Kết quả', 'result.name', text, 30),
    column('Loại kết quả', 'result.kind', choice({
      certificate: 'giấy chứng nhận', extract: 'trích lục', copy: 'bản sao', 'certified-document': 'văn bản chứng thực', decision: 'quyết định', permit: 'giấy phép',
      notice: 'thông báo', minutes: 'biên bản', list: 'danh sách', none: 'không có',
    })),
    column('Số bản chính', 'result.originals', integer, 8), column('Ghi chú kết quả', 'result.note', text, 30),
    column('Căn cứ pháp lý', 'legalBasis', { as: 'lines' }, 40), column('Miễn giảm thường gặp', 'fee.usualExemption'),
  ],
}

export const COMPONENTS: SheetLayout = {
  name: 'Thành phần', parents: ofProcedure,
  columns: [
    column('Mã thành phần', 'code'), column('Tên giấy tờ', 'name', text, 60),
    column('Loại', 'kind', choice({ original: 'bản chính', 'certified-copy': 'bản sao chứng thực', copy: 'bản sao', electronic: 'bản điện tử', shown: 'xuất trình' })),
    column('Số lượng', 'quantity', integer, 8), column('Khi nào cần', 'required.when', choice({ always: 'luôn luôn', conditional: 'khi' }), 10),
    column('Điều kiện', 'required.condition', text, 50), column('Ghi chú', 'note', text, 40),
  ],
}

export const FEES: SheetLayout = {
  name: 'Phí', parents: ofProcedure,
  columns: [
    column('Mã khoản', 'code'), column('Tên khoản', 'name', text, 40),
    column('Cách tính', 'kind', choice({ free: 'miễn', fixed: 'một mức', perCopy: 'theo bản', perPage: 'theo trang', council: 'HĐND' })),
    column('Số tiền', 'amount', integer), column('Số trang đầu', 'first.pages', integer), column('Đơn giá trang đầu', 'first.amount', integer),
    column('Đơn giá trang sau', 'thenAmount', integer), column('Tối đa mỗi bản', 'cap', integer), column('Ghi chú', 'note', text, 60),
  ],
}

export const EXEMPTIONS: SheetLayout = {
  name: 'Miễn giảm', parents: ofProcedure,
  columns: [column('Mã miễn giảm', 'code'), column('Đối tượng', 'name', text, 50), column('Căn cứ', 'ground', text, 50)],
}

export const QUESTIONS: SheetLayout = {
  name: 'Câu hỏi', parents: ofProcedure, columns: [column('Mã câu hỏi', 'id'), column('Câu hỏi', 'question', text, 70)],
}

export const ANSWERS: SheetLayout = {
  name: 'Trả lời', parents: [...ofProcedure, column('Mã câu hỏi', 'question')],
  columns: [
    column('Mã trả lời', 'id'), column('Trả lời', 'label', text, 40),
    column('Kết luận', 'verdict', choice({ ok: 'được', 'not-eligible': 'không đủ điều kiện', 'other-procedure': 'thủ tục khác', 'ask-more': 'hỏi thêm' })),
    column('Thủ tục khác', 'procedure', { as: 'code' }), column('Hỏi tiếp', 'next'), column('Lời nhắn', 'message', text, 60), column('Chỉ dẫn nơi đến', 'goTo', text, 50),
  ],
}

/** Sheets whose rows hang below a procedure, with the path of their list in it. */
export const CHILD_SHEETS = [
  [COMPONENTS, ['components']], [FEES, ['fee', 'rules']], [EXEMPTIONS, ['fee', 'exemptions']], [QUESTIONS, ['eligibility']],
] as const satisfies readonly (readonly [SheetLayout, readonly string[]])[]
