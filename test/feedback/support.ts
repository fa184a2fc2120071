import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { onTestFinished } from 'vitest'
import { v7 } from 'uuid'
import { EMPTY_FEEDBACK, type FeedbackContent, type FeedbackId, type FeedbackPhoto, type FeedbackView } from '@contract/feedback'
import { AccountId, DossierId } from '@contract/ids'
import { type Complaints, createComplaints, createFigures, createRatings, type FeedbackDeps, type Figures, type Officer, type Ratings, ThemeFile } from '../../src-main/feedback'
import { silent } from '../../src-main/storage'
import { enqueueLetter, recallLetters, retryLetter } from '../../src-main/sync'
import { actor, newDesk as intakeDesk, type Desk as IntakeDesk } from '../intake/support'

export const duyen: Officer = { ...actor, seesAll: false }
export const other: Officer = { id: AccountId.parse('01939b6e-0000-7000-8000-000000000002'), name: 'Trần Văn Hậu', seesAll: false }
export const chief: Officer = { ...other, seesAll: true }

export const themeFile = (): ThemeFile => ThemeFile.parse(JSON.parse(readFileSync(resolve(import.meta.dirname, '../../resources/feedback/themes.json'), 'utf8')))

export type Desk = IntakeDesk & Readonly<{ complaints: Complaints; ratings: Ratings; figures: Figures; feedbackDeps: FeedbackDeps; woken: () => number }>

/** A practice office's feedback on real files; closed and gone after the test. */
export function newDesk(): Desk {
  const desk = intakeDesk()
  let woken = 0
  const feedbackDeps: FeedbackDeps = {
    store: desk.store, documents: desk.documents, audit: desk.audit, clock: desk.deps.clock, log: silent, letters: { enqueueLetter, recallLetters, retryLetter },
    wake: () => { woken += 1 }, calendar: desk.deps.calendar, place: desk.deps.place, simulated: true, changed: desk.deps.changed,
  }
  desk.store.write((tx) => tx.run(
    `INSERT INTO account (id, login_name, login_folded, full_name, title, role, secret_hash, secret_id, created_at, created_by)
     VALUES (?, 'hau', 'hau', ?, 'Cán bộ', 'officer', '{}', ?, '2026-11-20T00:00:00.000Z', 'system')`, [other.id, other.name, '0'.repeat(32)]))
  const complaints = createComplaints(feedbackDeps)
  onTestFinished(() => complaints.close())
  return {
    ...desk, complaints, feedbackDeps, woken: () => woken, ratings: createRatings(feedbackDeps),
    figures: createFigures({ read: desk.store.read, clock: desk.deps.clock, themeFile }),
  }
}

/** A dossier as far as ratings need one. */
export function addDossier({ store }: Pick<Desk, 'store'>, at = '2026-11-23T02:00:00.000Z'): DossierId {
  const id = DossierId.parse(v7())
  const draftId = v7()
  store.write((tx) => {
    const version = tx.get("SELECT version FROM procedure_version WHERE code = '1.001193'", [], (row) => row.text('version')) ?? ''
    tx.run("INSERT INTO draft (id, officer_id, state, content, created_at, saved_at) VALUES (?, ?, 'committed', '{}', ?, ?)", [draftId, actor.id, at, at])
    tx.run(
      `INSERT INTO dossier (id, draft_id, code, code_is_provisional, version, state, procedure_code, procedure_version, officer_id, counter, received_at, applicant_name, body)
       VALUES (?, ?, ?, 0, 1, 2, '1.001193', ?, ?, 'Q3', ?, 'Bùi Nhật Khang', '{}')`, [id, draftId, `H29.900-261123-${id.slice(-8)}`, version, actor.id, at])
  })
  return id
}

export const complaint = (changed: Partial<FeedbackContent> = {}): FeedbackContent => ({
  ...EMPTY_FEEDBACK, field: 'environment', content: 'Rác thải đổ bừa bãi trước nhà trẻ đã ba ngày.', place: 'Hẻm 12 đường số 7', person: { name: 'Lê Thị Mận', phone: '0903 000 111' },
  consent: { contact: true, publish: false, photos: true }, ...changed,
})

/** A draft with this content. */
export function draft({ complaints }: Desk, changed: Partial<FeedbackContent> = {}, officer = duyen): FeedbackView {
  const { id, revision } = complaints.startDraft(officer)
  return complaints.saveDraft(officer, { id, revision, content: complaint(changed) })
}

/** One that was submitted. */
export const taken = (desk: Desk, changed: Partial<FeedbackContent> = {}, officer = duyen): FeedbackView => desk.complaints.submit(officer, draft(desk, changed, officer))

export async function addPhoto({ complaints }: Desk, id: FeedbackId, bytes: Uint8Array, name = 'IMG_0001.jpg'): Promise<FeedbackPhoto> {
  const upload = complaints.beginPhoto(duyen, { id, name, size: bytes.length })
  for (let at = 0; at < bytes.length; at += 1024 * 1024) await complaints.appendPhoto(upload, at, bytes.subarray(at, at + 1024 * 1024))
  return complaints.finishPhoto(duyen, upload)
}

const segment = (marker: number, body: Uint8Array): Buffer => {
  const head = Buffer.from([0xff, marker, 0, 0])
  head.writeUInt16BE(body.length + 2, 2)
  return Buffer.concat([head, body])
}

/** An Exif block with an orientation and a pointer to where it was taken. */
export function exif({ orientation = 6, location = true } = {}): Buffer {
  const tiff = Buffer.alloc(8 + 2 + 24 + 4)
  tiff.write('II', 0, 'latin1')
  tiff.writeUInt16LE(42, 2)
  tiff.writeUInt32LE(8, 4)
  tiff.writeUInt16LE(2, 8)
  tiff.writeUInt16LE(0x0112, 10)
  tiff.writeUInt16LE(3, 12)
  tiff.writeUInt32LE(1, 14)
  tiff.writeUInt16LE(orientation, 18)
  tiff.writeUInt16LE(location ? 0x8825 : 0x8769, 22)
  tiff.writeUInt16LE(4, 24)
  tiff.writeUInt32LE(1, 26)
  return Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff, Buffer.from('GPS 10.729 N 106.72 E', 'latin1')])
}

/** A JPEG as a telephone writes it, of about this many bytes. */
export function jpeg({ size = 2000, metadata = true, trailer = Buffer.alloc(0) }: { size?: number; metadata?: boolean; trailer?: Buffer } = {}): Buffer {
  const scan = Buffer.alloc(size, 0x5a)
  for (let at = 100; at + 1 < size; at += 301) scan.writeUInt16BE(0xff00, at)
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]), segment(0xe0, Buffer.from('JFIF\0\x01\x02\0\0\x01\0\x01\0\0', 'latin1')),
    ...(metadata ? [segment(0xe1, exif()), segment(0xfe, Buffer.from('Chụp bởi máy của Mận', 'utf8'))] : []),
    segment(0xdb, Buffer.alloc(65, 1)), segment(0xc0, Buffer.from([8, 0, 8, 0, 8, 1, 1, 0x11, 0])), segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])), scan, Buffer.from([0xff, 0xd9]), trailer,
  ])
}

export function png(chunks: readonly (readonly [string, Buffer])[] = [['tEXt', Buffer.from('Comment\0nhà bà Mận')]]): Buffer {
  const all = [['IHDR', Buffer.alloc(13, 1)], ...chunks, ['IDAT', Buffer.alloc(300, 7)], ['IEND', Buffer.alloc(0)]] as const
  return Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), ...all.map(([type, body]) => {
    const head = Buffer.alloc(8)
    head.writeUInt32BE(body.length)
    head.write(type, 4, 'latin1')
    return Buffer.concat([head, body, Buffer.alloc(4)])
  })])
}

