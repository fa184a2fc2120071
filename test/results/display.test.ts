import { call } from '@orpc/server'
import { describe, expect, it } from 'vitest'
import type { DossierId } from '@contract/ids'
import { draftOf, DREW, plugIn } from '../core/display-support'
import { codeOfCall, practice, router } from '../core/support'
import { OWNER } from './support'

/** A practice ward with a dossier whose result is there, and a display at a real port. */
async function openWard() {
  const ward = await practice('duyen')
  const { commit } = await draftOf(ward)
  const { id } = await commit()
  const { context, office } = ward
  const collected = async (): Promise<void> => {
    const { open } = await call(router.results.desk, { dossierId: id }, context)
    if (open > 0) office().store.write((tx) => tx.run('UPDATE dossier SET body = json_set(body, ?, 0) WHERE id = ?', ['$.fee.total', id]))
  }
  await collected()
  const { version } = await call(router.dossiers.get, { dossierId: id }, context)
  await call(router.handling.act, { dossierId: id, version, act: { kind: 'result-ready', note: 'đã có' }, second: null }, context)
  const window = await plugIn(ward)
  const desk = (dossierId: DossierId = id) => call(router.results.desk, { dossierId }, context)
  return {
    ...ward, id, window, desk,
    show: () => call(router.display.show, { kind: 'handover', dossierId: id, by: { how: 'owner', role: 'applicant' } }, context),
    give: async (signed: 'pad' | 'paper') => call(router.results.handOver, { dossierId: id, version: (await desk()).version, collector: OWNER, signed, note: '' }, context),
  }
}

describe('a result on the citizen\'s display', () => {
  it('is shown masked, signed for, and the signature goes with the hand-over', async () => {
    const ward = await openWard()
    expect((await ward.show()).shown).toMatchObject({ kind: 'handover', dossierId: ward.id })
    const page = await ward.window.until('handover')
    expect(page.facts.map(({ key }) => key)).toEqual(['collector', 'idNumber', 'result', 'errand', 'code'])
    expect(JSON.stringify(page.facts.filter(({ key }) => key !== 'code'))).not.toMatch(/\d{6}/u)
    await ward.window.client.answer({ kind: 'right', id: page.id, signature: DREW })
    expect(await ward.window.until('done')).toMatchObject({ words: 'handover-right' })
    expect((await ward.desk()).signed).toMatchObject({ by: { how: 'owner', role: 'applicant' } })
    expect(await ward.give('pad')).toMatchObject({ state: 10 })
    expect((await ward.desk()).returned).toMatchObject({ signed: 'pad' })
  })

  it('that the citizen finds wrong, or does not sign, is no signature', async () => {
    const ward = await openWard()
    await ward.show()
    await ward.window.client.answer({ kind: 'wrong', id: (await ward.window.until('handover')).id })
    expect(await ward.window.until('done')).toMatchObject({ words: 'handover-wrong' })
    await ward.show()
    await ward.window.client.answer({ kind: 'right', id: (await ward.window.until('handover')).id, signature: null })
    expect((await call(router.display.state, undefined, ward.context)).answer).toMatchObject({ kind: 'right', signed: false })
    expect(await codeOfCall(() => ward.give('pad'))).toBe('KQ-005')
  })

  it('is not shown when there is nothing to hand over, and asks anew after it was shown again', async () => {
    const ward = await openWard()
    await ward.show()
    await ward.window.client.answer({ kind: 'right', id: (await ward.window.until('handover')).id, signature: DREW })
    await ward.show()
    expect((await ward.desk()).signed).toBeNull()
    await ward.give('paper')
    expect(await codeOfCall(ward.show)).toBe('KQ-004')
  })
})
