import { call } from '@orpc/server'
import { describe, expect, it } from 'vitest'
import { EMPTY_FEEDBACK } from '@contract/feedback'
import { CivilDate } from '@contract/ids'
import { codeOfCall, firstEvents, machine, practice, router } from './support'

const today = { from: CivilDate.parse('2026-11-01'), to: CivilDate.parse('2026-11-30') }
const content = { ...EMPTY_FEEDBACK, field: 'delay' as const, content: 'Chờ lâu quá, không ai gọi số.', place: 'Bộ phận một cửa', anonymous: true, consent: { contact: false, publish: false, photos: true } }
const picture = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xda, 0x00, 0x08, 1, 1, 0, 0, 63, 0]), Buffer.alloc(900, 3), Buffer.from([0xff, 0xd9])])

describe('feedback in the core', () => {
  it('is taken in with a photo, numbered and put in line', async () => {
    const { context } = await practice('duyen')
    const draft = await call(router.feedback.startDraft, undefined, context)
    const saved = await call(router.feedback.saveDraft, { id: draft.id, revision: draft.revision, content }, context)
    const { uploadId } = await call(router.feedback.beginPhoto, { id: draft.id, name: 'anh.jpg', size: picture.length }, context)
    await call(router.feedback.appendPhoto, { uploadId, offset: 0, bytes: new Blob([picture]) }, context)
    const photo = await call(router.feedback.finishPhoto, { uploadId }, context)
    const view = await call(router.feedback.submit, { id: draft.id, revision: saved.revision }, context)
    const bytes = await call(router.feedback.readPhoto, { id: draft.id, photoId: photo.id }, context)
    expect([view.number, view.state, view.sending?.state, view.photoList.length, bytes.size, bytes.type]).toEqual([expect.stringMatching(/^PA-.+-\d{6}-0001$/), 1, 'ready', 1, picture.length, 'image/jpeg'])
  })

  it('tells the windows that something changed', async () => {
    const { context } = await practice('duyen')
    const events = await firstEvents(1, () => void call(router.feedback.startDraft, undefined, context))
    expect(events).toEqual([{ kind: 'feedback' }])
  })

  it('is closed to whoever is not signed in', async () => {
    const made = machine()
    await made.counter.start()
    const context = { context: { connection: made.connect(), log: made.log } }
    expect(await codeOfCall(() => call(router.feedback.satisfaction, today, context))).toBe('TK-003')
  })

  it('shows themes to supervisors, figures to everybody signed in, and complaints to no administrator', async () => {
    const codes = async (loginName: string): Promise<(string | undefined)[]> => {
      const { context } = await practice(loginName)
      return [
        await codeOfCall(() => call(router.feedback.themes, today, context)), await codeOfCall(() => call(router.feedback.figures, today, context)),
        await codeOfCall(() => call(router.feedback.list, {}, context)),
      ]
    }
    expect([await codes('duyen'), await codes('huy'), await codes('quantri')]).toEqual([['TK-005', undefined, undefined], [undefined, undefined, undefined], [undefined, undefined, 'TK-005']])
  })

  it('counts a rating told to the officer, and what was said in it', async () => {
    const { context } = await practice('huy')
    await call(router.feedback.rate, { dossierId: null, stars: 2, reasons: ['speed'], comment: 'chờ lâu' }, context)
    await call(router.feedback.rate, { dossierId: null, stars: null, reasons: [], comment: '' }, context)
    const now = new Date().toISOString().slice(0, 10)
    const period = { from: CivilDate.parse(new Date(Date.now() - 86_400_000).toISOString().slice(0, 10)), to: CivilDate.parse(new Date(Date.parse(now) + 86_400_000).toISOString().slice(0, 10)) }
    const { rated, refused, mean } = await call(router.feedback.satisfaction, period, context)
    const { themes } = await call(router.feedback.themes, period, context)
    expect([rated, refused, mean, themes[0]]).toEqual([1, 1, 2, expect.objectContaining({ code: 'waiting', total: 1 })])
  })
})
