import type { LiveEvent } from '@contract/calls-live'
import { type DossierId, Instant } from '@contract/ids'
import type { Paper, RenderedReceipt } from '@contract/receipt'
import type { Settings } from '@contract/settings'
import type { Audit } from '../audit'
import { fees } from '../fees'
import { type Actor, addEvent, type DossierRow, readDossier, registerEntry } from '../intake'
import type { Paperwork } from '../paperwork'
import { handedOver, type Printer } from '../printing'
import type { Clock, Store } from '../storage'
import { signatureOf } from './confirmed'
import type { Host } from './host'
import { receiptData } from './receipt-data'

export type Receipts = Readonly<{
  render(id: DossierId, paper: Paper): Promise<RenderedReceipt>
  print(actor: Actor, job: { dossierId: DossierId; paper: Paper; printer: string | null; silent: boolean }): Promise<{ printed: number; outcome: 'printed' | 'cancelled' }>
  save(actor: Actor, id: DossierId, paper: Paper): Promise<'saved' | 'cancelled'>
}>

type Deps = Readonly<{ store: Store; audit: Audit; paperwork: Paperwork; host: Pick<Host, 'saveFile'>; printer: Printer; clock: Clock; settings(): Settings; practice: boolean; changed(event: LiveEvent): void; template(at: string): Promise<unknown> }>

/** Mẫu 01 of a dossier: both copies in one job. The first print is the receipt, every later one says on it that it is a reprint. */
export function createReceipts({ store, audit, paperwork, host, printer: desk, clock, settings, practice, changed, template }: Deps): Receipts {
  const lastPrint = (id: DossierId): { at: Instant; by: string } | undefined =>
    store.read.get("SELECT at, by_name FROM dossier_event WHERE dossier_id = ? AND kind = 'print' AND note LIKE 'receipt.%' ORDER BY sequence DESC LIMIT 1", [id],
      (row) => ({ at: row.text<Instant>('at'), by: row.text('by_name') }))

  const make = async (dossier: DossierRow, paper: Paper, reprint?: { at: Instant; by: string; count: number }): Promise<RenderedReceipt> => {
    const withFiles = new Set(store.read.all(
      'SELECT d.component FROM document d JOIN dossier_document x ON x.document_id = d.id WHERE x.dossier_id = ?', [dossier.id], (row) => row.text('component')))
    const fee = fees.stateOf(store.read, dossier.id, dossier.body.fee.total)
    return paperwork.receipt(receiptData(dossier, settings(), withFiles, fee, signatureOf(store.read, dossier), registerEntry(store.read, dossier.id)), { paper, copies: ['archive', 'citizen'], practice, ...(reprint && { reprint }) }, await template(dossier.receivedAt))
  }

  /** A print is counted when it went to the printer, in the same transaction as its audit entry. */
  const note = (actor: Actor, id: DossierId, action: 'receipt.printed' | 'receipt.saved'): number => {
    const printed = store.write((tx) => {
      const at = Instant.parse(clock.now().toISOString())
      tx.run('UPDATE dossier SET prints = prints + 1 WHERE id = ?', [id])
      addEvent(tx, { dossierId: id, kind: 'print', state: null, at, by: actor.name, origin: 'counter', note: action })
      const { prints } = readDossier(tx, id)
      audit.append(tx, { actor: actor.id, action, subject: { type: 'dossier', id }, detail: { count: prints } })
      return prints
    })
    changed({ kind: 'dossier', id })
    return printed
  }

  const next = (actor: Actor, dossier: DossierRow): { at: Instant; by: string; count: number } | undefined =>
    dossier.prints === 0 ? undefined : { at: Instant.parse(clock.now().toISOString()), by: actor.name, count: dossier.prints }

  return {
    render: (id, paper) => {
      const dossier = readDossier(store.read, id)
      const last = dossier.prints > 1 ? lastPrint(id) : undefined
      return make(dossier, paper, last && { ...last, count: dossier.prints - 1 })
    },
    print: async (actor, { dossierId, paper, printer, silent }) => {
      const dossier = readDossier(store.read, dossierId)
      const { pdf } = await make(dossier, paper, next(actor, dossier))
      const wish = { kind: 'receipt', title: 'mau-01', subject: { type: 'dossier', id: dossierId }, bytes: pdf, paper, printer, silent } as const
      const outcome = handedOver((await desk.print(actor, wish)).outcome)
      return { outcome, printed: outcome === 'printed' ? note(actor, dossierId, 'receipt.printed') : dossier.prints }
    },
    save: async (actor, id, paper) => {
      const dossier = readDossier(store.read, id)
      const { pdf } = await make(dossier, paper, next(actor, dossier))
      const outcome = await host.saveFile({ suggestedName: `${dossier.code}.pdf`, bytes: pdf })
      if (outcome === 'saved') note(actor, id, 'receipt.saved')
      return outcome
    },
  }
}
