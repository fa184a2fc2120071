import { call } from '@orpc/server'
import { describe, expect, test } from 'vitest'
import { AppError } from '@contract/errors'
import { headlessHost, type Host } from '../../src-main/core/host'
import { receiptData } from '../../src-main/core/receipt-data'
import { readDossier } from '../../src-main/intake'
import { textOf } from '../paperwork/pdf-tools'
import { codeOfCall, filledContent, practice, router } from './support'

const printing = (outcome: () => 'printed' | 'cancelled'): { host: Host; jobs: Uint8Array[] } => {
  const jobs: Uint8Array[] = []
  return { jobs, host: { ...headlessHost(), printPdf: async ({ bytes }) => { jobs.push(bytes); return outcome() }, saveFile: async () => 'saved' } }
}

async function received(host: Host) {
  const made = await practice('duyen', { host })
  const { context, office } = made
  const view = await call(router.intake.start, undefined, context)
  const saved = await call(router.intake.save, { draftId: view.id, revision: view.revision, content: filledContent(view, office().catalogue.get('1.004873')) }, context)
  const dossier = await call(router.intake.commit, { draftId: view.id, revision: saved.revision }, context)
  const print = () => call(router.paper.printReceipt, { dossierId: dossier.id, printer: null, silent: true }, context)
  return { ...made, dossier, print }
}

describe('A receipt', () => {
  test('printed first is the receipt, and later ones say that they are reprints', async () => {
    const { host, jobs } = printing(() => 'printed')
    const { print, office, dossier } = await received(host)
    const counts = [(await print()).printed, (await print()).printed]
    const texts = jobs.map((job) => textOf(job))
    expect([counts, texts.map((text) => /in lại/iu.test(text))]).toEqual([[1, 2], [false, true]])
    expect(office().intake.get(dossier.id).timeline.filter(({ kind }) => kind === 'print')).toHaveLength(2)
  })

  test('whose printing was cancelled or failed is not counted', async () => {
    let fail = false
    const { host } = printing(() => {
      if (fail) throw new AppError('IN-003')
      return 'cancelled'
    })
    const { print, office, dossier } = await received(host)
    const cancelled = await print()
    fail = true
    expect([cancelled, await codeOfCall(print), office().intake.get(dossier.id).printed]).toEqual([{ printed: 0, outcome: 'cancelled' }, 'IN-003', 0])
  })

  test('saved counts as given out and is told in the audit chain', async () => {
    const { host } = printing(() => 'printed')
    const { context, dossier, office } = await received(host)
    await call(router.paper.saveReceipt, { dossierId: dossier.id }, context)
    expect([office().intake.get(dossier.id).printed, office().audit.list(office().store.read, { limit: 1 })[0]?.action]).toEqual([1, 'receipt.saved'])
  })

  test('lists what was handed in and not what was only shown', async () => {
    const { host } = printing(() => 'printed')
    const { dossier, office } = await received(host)
    const row = readDossier(office().store.read, dossier.id)
    const component = { code: 'ho-chieu', name: 'Hộ chiếu', kind: 'shown', quantity: 1, mark: 'seen', note: '' }
    const body = { ...row.body, components: [component, { ...component, code: 'don', name: 'Đơn', kind: 'original' }, { ...component, code: 'no', kind: 'copy', mark: 'owed' }] }
    const names = (files: string[]) => receiptData({ ...row, body }, office().settings(), new Set(files), 'unpaid').components.map(({ name, kind }) => [name, kind])
    expect([names([]), names(['ho-chieu'])]).toEqual([[['Đơn', 'original']], [['Hộ chiếu', 'electronic'], ['Đơn', 'original']]])
  })
})
