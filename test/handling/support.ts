import { resolve } from 'node:path'
import type { Act } from '@contract/handling'
import { AccountId, type DossierId } from '@contract/ids'
import type { OfficeForm } from '@contract/office-forms'
import { PrintJobId } from '@contract/printing'
import type { Account, Role } from '@contract/staff'
import { v7 } from 'uuid'
import { payloadExtras } from '../../src-main/core/payload-extras'
import { fees } from '../../src-main/fees'
import { createHandling, type FormWish, type Handling, type HandlingDeps, type IssuingPlace, readGrounds } from '../../src-main/handling'
import type { IntakeDeps } from '../../src-main/intake'
import type { PrintWish } from '../../src-main/printing'
import { SubmissionPayload } from '../city'
import { actor, type Desk, newDesk, receive } from '../intake/support'

export const UNIT = 'Trung tâm Phục vụ hành chính công'
export const GROUNDS = readGrounds(resolve(import.meta.dirname, '../../resources/forms/grounds.json'))
export const HEAD_ID = AccountId.parse('01939b6e-0000-7000-8000-0000000000a1')

export const PLACE: IssuingPlace = {
  agencyParent: 'Ủy ban nhân dân Thành phố Hồ Chí Minh', agencyName: 'Ủy ban nhân dân phường Tân Mỹ Hưng', unitName: UNIT, place: 'Phường Tân Mỹ Hưng', hotline: '028 3900 0000', counter: 'Q3',
  practice: true, offices: ['Phòng Văn hóa - Xã hội', 'Lãnh đạo UBND'], signers: [{ role: 'deputy', titles: ['KT. CHỦ TỊCH', 'PHÓ CHỦ TỊCH'], name: 'Lâm Chí Kiên' }],
}

export type Rendered = Readonly<{ form: OfficeForm; wish: FormWish }>
export interface Office {
  readonly desk: Desk
  readonly handling: Handling
  readonly rendered: Rendered[]
  readonly printed: PrintWish[]
  /** What the deps of the acts are, for a copy with a fault. */
  readonly deps: HandlingDeps
  act(id: DossierId, act: Act, version?: number): ReturnType<Handling['act']>
}

const account = (id: AccountId, loginName: string, role: Role): Account => ({ id, loginName, fullName: loginName, title: '', role, disabled: false, mustChangeSecret: false, createdAt: '2026-11-20T00:00:00.000Z' as Account['createdAt'] })
const ACCOUNTS: readonly Account[] = [account(actor.id, 'duyen', 'officer'), account(HEAD_ID, 'kien', 'supervisor')]

/** An office on real files whose forms are looked at before they become PDF. `role`: what the one who acts is. */
export function newOffice({ role = 'supervisor', deps = {}, place = {}, folder }: { role?: Role; deps?: Partial<IntakeDeps>; place?: Partial<IssuingPlace>; folder?: string } = {}): Office {
  const desk = newDesk({ deps: { extras: payloadExtras, ...deps }, ...(folder !== undefined && { folder }) })
  desk.store.write((tx) => tx.run(
    `INSERT INTO account (id, login_name, login_folded, full_name, title, role, secret_hash, secret_id, created_at, created_by)
     VALUES (?, 'kien', 'kien', 'Lâm Chí Kiên', 'Phó Chủ tịch', 'supervisor', '{}', ?, '2026-11-20T00:00:00.000Z', 'system')`, [HEAD_ID, '1'.repeat(32)]))
  const rendered: Rendered[] = []
  const printed: PrintWish[] = []
  const { store, audit, intake } = desk
  const handlingDeps: HandlingDeps = {
    store, audit, clock: desk.deps.clock, intake, fees, calendar: desk.deps.calendar, grounds: () => GROUNDS, wordingOf: () => ({ official: 1, edition: null }), place: () => ({ ...PLACE, ...place }),
    render: async (form, wish) => {
      rendered.push({ form, wish })
      return { pdf: new Uint8Array([37]) }
    },
    printer: { print: async (_actor, wish) => { printed.push(wish); return { outcome: 'printed', job: PrintJobId.parse(v7()) } } },
    saveFile: async () => 'saved',
    roleOf: () => role,
    vouch: async ({ loginName }) => ACCOUNTS.find((known) => known.loginName === loginName) ?? account(AccountId.parse('01939b6e-0000-7000-8000-0000000000a2'), loginName, 'officer'),
  }
  const handling = createHandling(handlingDeps)
  return {
    desk, handling, rendered, printed, deps: handlingDeps,
    act: (dossierId, act, version) => handling.act(actor, { dossierId, version: version ?? intake.get(dossierId).version, act, second: null }, () => undefined),
  }
}

export const received = (office: Office): DossierId => receive(office.desk).id

export const SUPPLEMENT: Act = { kind: 'supplement', items: [{ component: 'to-khai', name: 'Tờ khai', what: 'Ký lại trang 2', originals: 1, certified: 0, copies: 0 }], reason: 'Thiếu chữ ký' }
export const REFUSAL: Act = { kind: 'refusal', grounds: [GROUNDS.refusal[0]?.code ?? ''], detail: 'Nơi cư trú ở phường khác' }
export const EXTENSION: Act = { kind: 'extension', dueDate: '2026-12-02', reason: 'Chờ xác minh nơi cư trú cũ', signer: 'deputy' }
export const STOP: Act = { kind: 'stop', requestedBy: 'citizen', ground: GROUNDS.stop[0]?.code ?? '', detail: 'Đơn đề nghị ngày 24/11/2026', signer: 'head' }
export const handover = (to: string, receiver = 'Trần Văn Tiếp'): Act => ({ kind: 'handover', to, receiver, note: '' })
export const COMPLETED: Act = { kind: 'completed', note: 'Đã ký lại tờ khai' }
export const READY: Act = { kind: 'result-ready', note: 'Giấy xác nhận số 12' }

/** What went to the city last. */
export function lastPayload({ desk }: Office, id: DossierId): SubmissionPayload {
  const found = desk.store.read.get('SELECT payload FROM submission WHERE dossier_id = ? ORDER BY version DESC LIMIT 1', [id], (row) => SubmissionPayload.parse(JSON.parse(Buffer.from(row.bytes('payload')).toString())))
  if (!found) throw new Error('no submission')
  return found
}

