import { DraftContent, type DraftView } from '@contract/draft'
import { DraftId, Instant } from '@contract/ids'
import { type DraftPerson, EMPTY_PERSON } from '@contract/person'

export const CARD_PERSON: DraftPerson = {
  ...EMPTY_PERSON, fullName: 'Đặng Thị Ngọc Ánh', idNumber: '079192004617', birthDate: '1992-03-14', sex: 'female', address: '27/4 đường Bàu Tràm',
  sources: { fullName: 'qr', idNumber: 'qr', birthDate: 'qr', sex: 'qr', address: 'qr' },
}

export const EMPTY: DraftContent = DraftContent.parse({
  focus: null, applicant: EMPTY_PERSON, capacity: 'self', owner: EMPTY_PERSON, organisation: { name: '', taxCode: '' }, procedure: null, answers: {}, components: {},
  sets: 1, fee: { copies: 1, pages: 1, exemption: null, payment: 'unpaid', councilAmount: null }, delivery: { method: 'counter', address: '' }, note: '',
})

const at = Instant.parse('2026-11-23T02:46:12.000Z')

export const viewWith = (content: DraftContent, revision = 0): DraftView => ({
  id: DraftId.parse('01926b3c-0000-7000-8000-000000000001'), revision, savedAt: at, createdAt: at, content, documents: [], verdict: null, questions: [],
  fee: null, appointment: null, gaps: [], warnings: [], duplicates: [],
})

export const named = (fullName: string, rest: Partial<DraftContent> = {}): DraftContent => ({ ...EMPTY, ...rest, applicant: { ...EMPTY_PERSON, fullName } })
