import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { EMPTY_FEEDBACK, type FeedbackContent, type FeedbackId, type FeedbackView } from '../../src-preload/contract/feedback'
import { AccountId } from '../../src-preload/contract/ids'
import { type Complaints, createComplaints, type Officer } from '../../src-main/feedback'
import { CalendarFile, createCalendar } from '../../src-main/intake'
import { silent, systemClock } from '../../src-main/storage'
import { enqueueLetter, recallLetters, retryLetter } from '../../src-main/sync'
import { AGENCY, type Desk } from './support'

const calendar = createCalendar(CalendarFile.parse(JSON.parse(readFileSync(resolve(import.meta.dirname, '../../resources/holidays.json'), 'utf8'))))

let counters = 0

export type FeedbackDesk = Readonly<{ complaints: Complaints; officer: Officer }>

/** The feedback of a counter whose sync is under test. */
export function feedbackOf(desk: Desk, wake: () => void = () => undefined, simulated = false): FeedbackDesk {
  const counter = `Q${String((counters += 1))}`
  const officer: Officer = { id: AccountId.parse(desk.officer), name: 'Đỗ Thị Mỹ Duyên', seesAll: true }
  const complaints = createComplaints({
    store: desk.store, documents: desk.documents, audit: desk.audit, clock: systemClock, log: silent, letters: { enqueueLetter, recallLetters, retryLetter },
    wake, calendar: () => calendar, place: () => ({ agency: AGENCY, counter }), simulated, changed: () => undefined,
  })
  return { complaints, officer }
}

/** The smallest JPEG that is one, with bytes of its own. */
export const photo = (size: number, fill: number): Buffer => Buffer.concat([
  Buffer.from([0xff, 0xd8, 0xff, 0xda, 0x00, 0x08, 1, 1, 0, 0, 63, 0]), Buffer.alloc(size, fill % 255), Buffer.from([0xff, 0xd9]),
])

export const content = (changed: Partial<FeedbackContent> = {}): FeedbackContent => ({
  ...EMPTY_FEEDBACK, field: 'environment', content: 'Rác thải đổ bừa bãi trước nhà trẻ.', place: 'Hẻm 12', anonymous: true, consent: { contact: false, publish: true, photos: true }, ...changed,
})

/** Takes one in, as an officer does, with so many photos. */
export async function takeFeedback({ complaints, officer }: FeedbackDesk, photos: readonly Buffer[] = [], changed: Partial<FeedbackContent> = {}): Promise<FeedbackView> {
  const { id, revision } = complaints.startDraft(officer)
  const draft = complaints.saveDraft(officer, { id, revision, content: content(changed) })
  for (const bytes of photos) {
    const upload = complaints.beginPhoto(officer, { id, name: 'anh.jpg', size: bytes.length })
    await complaints.appendPhoto(upload, 0, bytes)
    await complaints.finishPhoto(officer, upload)
  }
  return complaints.submit(officer, { id, revision: draft.revision })
}

export const lettersOf = ({ store }: Desk, id: FeedbackId): string[] =>
  store.read.all('SELECT state FROM feedback_letter WHERE feedback_id = ? ORDER BY version', [id], (row) => row.text('state'))

/** Nothing is on its way any more. */
export const lettersSettled = ({ store }: Desk): boolean =>
  store.read.get("SELECT count(*) AS n FROM feedback_letter WHERE state IN ('ready', 'sending', 'waiting') OR in_doubt = 1", [], (row) => row.integer('n')) === 0
