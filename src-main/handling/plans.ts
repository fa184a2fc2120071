import { formatInstant } from './words'
import { AppError } from '@contract/errors'
import type { Act, ActOf } from '@contract/handling'
import { type AccountId, type DossierId, Instant } from '@contract/ids'
import type { Handover, OfficeForm, SignerRole } from '@contract/office-forms'
import type { IssuedFormId } from '@contract/handling'
import { type Actor, type Move, STAYS } from '../intake'
import type { Reader, WriteTx } from '../storage'
import { groundsOf } from './grounds'
import type { ActDeps } from './ports'
import { addHandover } from './rows'
import { type Barred, completedBarred, extendedDue, extensionBarred, handoverBarred, refusalBarred, resultReadyBarred, standingAt, stopBarred, supplementBarred } from './rules'
import { frameOf, type Subject } from './subject'
import { supplements } from './supplements'
import { moneyWords, STAGES } from './words'

/** What an act means for a subject at a moment, before anything of it is done. */
export type Plan = Readonly<{
  /** What it issues, without a number yet; null for an act without a form. */
  form: OfficeForm | null
  /** What a preview shows where it is more than that: a control slip with the row to come. */
  shown?: OfficeForm
  to: Move['to']
  dueAt?: Instant
  /** What the timeline says; `number` as the form carries it. */
  note(number: string): string
  audit: string
  /** Writes the act's own rows, before it is submitted. */
  keep(tx: WriteTx, kept: Kept): void
}>
export type Kept = Readonly<{ dossierId: DossierId; formId: IssuedFormId | null; approvedBy: AccountId | null; appointment: Readonly<{ previous: Instant | null; dueAt: Instant | null }> }>

export type Scene = Readonly<{ reader: Reader; deps: Pick<ActDeps, 'calendar' | 'fees' | 'grounds' | 'place' | 'wordingOf'>; actor: Actor; at: Instant; subject: Subject }>

function refuse(barred: Barred): void {
  if (barred !== null) throw new AppError(barred.code, barred.params)
}

const base = ({ deps, actor, at, subject }: Scene, form: OfficeForm['form'], role: SignerRole = 'officer') => ({
  frame: { ...frameOf(form, role, deps.place(), actor, at), template: deps.wordingOf(form, at) }, dossier: subject.dossier,
})

/** Where the papers lie: the office that took them last, else the counter. */
export const officeOf = ({ handovers }: Pick<Subject, 'handovers'>, unitName: string): string => handovers.at(-1)?.to ?? unitName

/** Papers that lie in an office come back to the counter. */
function comesBack(tx: WriteTx, { deps, actor, at, subject }: Scene, dossierId: DossierId, { standing, note }: Readonly<{ standing: ReturnType<typeof standingAt>; note: string }>): void {
  const { unitName } = deps.place()
  const last = subject.handovers.at(-1)
  if (last === undefined || last.to === unitName) return
  addHandover(tx, dossierId, { from: last.to, to: unitName, at, giver: last.receiver, receiver: actor.name, standing, note })
}

function supplement(scene: Scene, act: ActOf<'supplement'>): Plan {
  const { deps, actor, at, subject: { standing, earlier } } = scene
  refuse(supplementBarred(standing))
  const ordinal = earlier + 1
  return {
    form: { form: 'mau-02', ...base(scene, 'mau-02'), items: act.items, reason: act.reason, ordinal, contact: { name: actor.name, phone: deps.place().hotline } },
    to: 5, audit: 'dossier.supplement-asked',
    note: (number) => `Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ số ${number}. Lý do: ${act.reason}`,
    keep: (tx, { dossierId, formId }) => {
      tx.run('INSERT INTO supplement_request (form_id, dossier_id, ordinal, items, reason, asked_at, asked_by) VALUES (?, ?, ?, ?, ?, ?, ?)',
        [formId, dossierId, ordinal, JSON.stringify(act.items), act.reason, at, actor.name])
      // The office that finds a file wanting gives it back with the slip (Nghị định 61/2018 art. 19(4)).
      comesBack(tx, scene, dossierId, { standing: null, note: 'Trả lại để yêu cầu bổ sung' })
    },
  }
}

function refusal(scene: Scene, act: ActOf<'refusal'>): Plan {
  const { deps, at, subject } = scene
  refuse(refusalBarred(subject.standing))
  const grounds = groundsOf(deps.grounds().refusal, act.grounds)
  return {
    form: { form: 'mau-03', ...base(scene, 'mau-03'), grounds, detail: act.detail },
    to: 3, audit: 'dossier.refused',
    note: (number) => [`Phiếu từ chối tiếp nhận, giải quyết hồ sơ số ${number}.`, ...grounds.map(({ text }) => text), act.detail].join(' ').trim(),
    keep: (tx, { dossierId, formId }) => tx.run('INSERT INTO refusal (dossier_id, form_id, grounds, detail, at) VALUES (?, ?, ?, ?, ?)',
      [dossierId, formId, JSON.stringify(grounds.map(({ code }) => code)), act.detail, at]),
  }
}

function extension(scene: Scene, act: ActOf<'extension'>): Plan {
  const { deps, at, subject: { standing } } = scene
  refuse(extensionBarred(standing, new Date(at)))
  if (standing.dueAt === null) throw new AppError('GQ-007')
  const previousDueAt = Instant.parse(standing.dueAt.toISOString())
  const newDueAt = Instant.parse(extendedDue(standing.dueAt, act.dueDate, deps.calendar()).toISOString())
  return {
    form: { form: 'mau-04', ...base(scene, 'mau-04', act.signer), previousDueAt, newDueAt, reason: act.reason },
    to: STAYS, dueAt: newDueAt, audit: 'dossier.extended',
    note: (number) => `Văn bản xin lỗi và đề nghị gia hạn số ${number}, hẹn lại ${formatInstant(newDueAt)}. Lý do: ${act.reason}`,
    keep: (tx, { dossierId, formId, approvedBy }) => tx.run('INSERT INTO extension (dossier_id, form_id, previous_due_at, due_at, reason, at, approved_by) VALUES (?, ?, ?, ?, ?, ?, ?)',
      [dossierId, formId, previousDueAt, newDueAt, act.reason, at, approvedBy]),
  }
}

function stop(scene: Scene, act: ActOf<'stop'>): Plan {
  const { reader, deps, at, subject: { id, body, standing } } = scene
  refuse(stopBarred(standing))
  const [ground] = groundsOf(deps.grounds().stop, [act.ground])
  if (ground === undefined) throw new AppError('GQ-004')
  const money = moneyWords(body.fee.total, id === null ? 'unpaid' : deps.fees.stateOf(reader, id, body.fee.total))
  return {
    form: { form: 'mau-05', ...base(scene, 'mau-05', act.signer), ground, requestedBy: act.requestedBy, stage: STAGES[standing.state], money, detail: act.detail },
    to: 8, audit: 'dossier.stopped',
    note: (number) => [`Thông báo dừng giải quyết hồ sơ số ${number}.`, ground.text, act.detail].join(' ').trim(),
    keep: (tx, { dossierId, formId, approvedBy }) => tx.run(
      'INSERT INTO stop_notice (dossier_id, form_id, requested_by, ground, detail, money, stage, at, approved_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
      [dossierId, formId, act.requestedBy, ground.code, act.detail, money, standing.state, at, approvedBy]),
  }
}

function handover(scene: Scene, act: ActOf<'handover'>): Plan {
  const { reader, deps, actor, at, subject } = scene
  refuse(handoverBarred(subject.standing))
  const { unitName } = deps.place()
  const from = officeOf(subject, unitName)
  if (act.to === from) throw new AppError('GQ-014')
  const slip = subject.id !== null && reader.get("SELECT 1 FROM issued_form WHERE dossier_id = ? AND form = 'mau-06'", [subject.id], () => true) === true
  const giver = subject.handovers.at(-1)?.receiver ?? actor.name
  const row: Handover = { from, to: act.to, at, giver, receiver: act.receiver, standing: null, note: act.note }
  const head = { form: 'mau-06' as const, ...base(scene, 'mau-06'), agency: act.to }
  return {
    form: slip ? null : { ...head, handovers: [] }, shown: { ...head, handovers: [...subject.handovers, row] },
    to: subject.standing.state === 2 ? 4 : STAYS, audit: 'dossier.handed-over',
    note: (number) => `${number === '' ? '' : `Phiếu kiểm soát số ${number}. `}Bàn giao từ ${from} đến ${act.to}, người nhận ${act.receiver}.${act.note === '' ? '' : ` ${act.note}`}`,
    keep: (tx, { dossierId }) => addHandover(tx, dossierId, row),
  }
}

function completed({ actor, at, subject: { standing } }: Scene, act: ActOf<'completed'>): Plan {
  refuse(completedBarred(standing))
  return {
    form: null, to: standing.state === 5 ? 2 : STAYS, audit: 'dossier.completed', note: () => `Đã nhận đủ giấy tờ bổ sung. ${act.note}`,
    keep: (tx, { dossierId, appointment }) => supplements.completed(tx, { dossierId, at, by: actor, note: act.note, previousDueAt: appointment.previous, newDueAt: appointment.dueAt }),
  }
}

function resultReady(scene: Scene, act: ActOf<'result-ready'>): Plan {
  const { at, subject: { standing } } = scene
  refuse(resultReadyBarred(standing))
  return {
    form: null, to: 9, audit: 'dossier.result-ready', note: () => act.note,
    keep: (tx, { dossierId }) => comesBack(tx, scene, dossierId, { standing: standingAt(new Date(at), standing.dueAt), note: act.note.slice(0, 1000) }),
  }
}

/** @throws AppError GQ-… or HS-005 when the act is not possible */
export function planOf(scene: Scene, act: Act): Plan {
  switch (act.kind) {
    case 'supplement': return supplement(scene, act)
    case 'refusal': return refusal(scene, act)
    case 'extension': return extension(scene, act)
    case 'stop': return stop(scene, act)
    case 'handover': return handover(scene, act)
    case 'completed': return completed(scene, act)
    case 'result-ready': return resultReady(scene, act)
  }
}
