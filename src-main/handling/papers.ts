import type { IssuedFormId } from '@contract/handling'
import { Instant } from '@contract/ids'
import type { Paper } from '@contract/receipt'
import { type Actor, addEvent } from '../intake'
import type { FormWish, HandlingDeps } from './ports'
import { type FullForm, readForm } from './rows'

export type FormPapers = Readonly<{
  /** An issued form as PDF; from the second print on it says that it is a reprint. @throws AppError GQ-015 */
  render(id: IssuedFormId, paper: Paper): Promise<Uint8Array>
  /** @throws AppError GQ-015, IN-002 … */
  print(actor: Actor, id: IssuedFormId, paper: Paper): Promise<{ outcome: 'printed' | 'waiting' | 'cancelled'; prints: number }>
  save(actor: Actor, id: IssuedFormId, paper: Paper): Promise<'saved' | 'cancelled'>
}>

/** Issued forms on paper. What left is counted and told in the same transaction as its audit entry. */
export function createPapers({ store, audit, clock, intake, place, render, printer, saveFile }: HandlingDeps): FormPapers {
  const now = (): Instant => Instant.parse(clock.now().toISOString())
  const made = async (form: FullForm, paper: Paper, reprint?: FormWish['reprint']): Promise<Uint8Array> =>
    (await render(form.data, { paper, practice: form.data.frame.practice || place().practice, ...(reprint && { reprint }) })).pdf
  const again = ({ issued }: FullForm, actor: Actor): FormWish['reprint'] => (issued.prints === 0 ? undefined : { at: now(), by: actor.name, count: issued.prints })

  const lastPrint = ({ dossierId, issued }: FullForm): { at: Instant; by: string } | undefined =>
    store.read.get("SELECT at, by_name FROM dossier_event WHERE dossier_id = ? AND kind = 'print' AND note LIKE ? ORDER BY sequence DESC LIMIT 1",
      [dossierId, `form.%:${issued.form}:${issued.number}`], (row) => ({ at: row.text<Instant>('at'), by: row.text('by_name') }))

  const note = (actor: Actor, { issued, dossierId }: FullForm, action: 'form.printed' | 'form.saved'): number => {
    const prints = store.write((tx) => {
      tx.run('UPDATE issued_form SET prints = prints + 1 WHERE id = ?', [issued.id])
      const count = tx.get('SELECT prints FROM issued_form WHERE id = ?', [issued.id], (row) => row.integer('prints')) ?? 0
      addEvent(tx, { dossierId, kind: 'print', state: null, at: now(), by: actor.name, origin: 'counter', note: `${action}:${issued.form}:${issued.number}` })
      audit.append(tx, { actor: actor.id, action, subject: { type: 'dossier', id: dossierId }, detail: { form: issued.form, number: issued.number, count } })
      return count
    })
    intake.moved(dossierId)
    return prints
  }

  return {
    render: (id, paper) => {
      const form = readForm(store.read, id)
      const last = form.issued.prints > 1 ? lastPrint(form) : undefined
      return made(form, paper, last && { ...last, count: form.issued.prints - 1 })
    },
    print: async (actor, id, paper) => {
      const form = readForm(store.read, id)
      const bytes = await made(form, paper, again(form, actor))
      const { outcome } = await printer.print(actor, { kind: 'receipt', title: form.issued.form, subject: { type: 'dossier', id: form.dossierId }, bytes, paper })
      return { outcome, prints: outcome === 'cancelled' ? form.issued.prints : note(actor, form, 'form.printed') }
    },
    save: async (actor, id, paper) => {
      const form = readForm(store.read, id)
      const outcome = await saveFile({ suggestedName: `${form.data.dossier.code} ${form.issued.form} ${form.issued.number}.pdf`, bytes: await made(form, paper, again(form, actor)) })
      if (outcome === 'saved') note(actor, form, 'form.saved')
      return outcome
    },
  }
}
