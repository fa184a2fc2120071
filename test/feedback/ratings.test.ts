import { describe, expect, it } from 'vitest'
import type { DossierId } from '@contract/ids'
import type { NewRating } from '../../src-main/feedback'
import { codeOf } from '../storage/support'
import { addDossier, newDesk } from './support'

const OFFICER = '0199a0c0-0000-7000-8000-000000000001'
const rating = (dossierId: DossierId | null, changed: Partial<NewRating> = {}): NewRating =>
  ({ channel: 'display', dossierId, ticketLabel: null, stars: 5, reasons: ['attitude'], comment: '', ...changed })

describe('A rating', () => {
  it('is kept with an audit entry that tells no word of it', () => {
    const desk = newDesk()
    desk.ratings.keep(rating(addDossier(desk), { comment: 'Chị Lan rất tốt' }))
    const [entry] = desk.audit.list(desk.store.read, { limit: 1 })
    expect([entry?.action, entry?.detailText.includes('Lan')]).toEqual(['rating.kept', false])
  })

  it('of a dossier that was rated already is refused', () => {
    const desk = newDesk()
    const dossierId = addDossier(desk)
    desk.ratings.keep(rating(dossierId))
    expect(codeOf(() => desk.ratings.keep(rating(dossierId, { channel: 'slip', stars: 1 })))).toBe('PA-005')
  })

  it('comes after a refusal, and then the refusal does not count', () => {
    const desk = newDesk()
    const dossierId = addDossier(desk)
    desk.ratings.refused(rating(dossierId))
    desk.ratings.keep(rating(dossierId, { channel: 'slip' }))
    const { asked, rated, refused } = desk.figures.satisfaction({ from: '2026-11-23', to: '2026-11-23' } as never)
    expect({ asked, rated, refused }).toEqual({ asked: 1, rated: 1, refused: 0 })
  })

  it('is not refused after it was given', () => {
    const desk = newDesk()
    const dossierId = addDossier(desk)
    desk.ratings.keep(rating(dossierId))
    desk.ratings.refused(rating(dossierId))
    expect(desk.count('rating')).toBe(1)
  })

  it('told to an officer names the officer in the log, and so does a refusal', () => {
    const desk = newDesk()
    desk.ratings.keep(rating(addDossier(desk), { channel: 'counter' }), OFFICER)
    desk.ratings.refused(rating(null, { channel: 'counter' }), OFFICER)
    expect(desk.audit.list(desk.store.read, { limit: 2 }).map(({ actor, action }) => `${actor} ${action}`).toSorted()).toEqual([`${OFFICER} rating.kept`, `${OFFICER} rating.refused`])
  })

  it('stands as asked, refused, rated', () => {
    const desk = newDesk()
    const dossierId = addDossier(desk)
    const stood = [desk.ratings.standingOf(dossierId)]
    desk.ratings.refused(rating(dossierId))
    desk.ratings.refused(rating(dossierId))
    stood.push(desk.ratings.standingOf(dossierId))
    desk.ratings.keep(rating(dossierId))
    expect([...stood, desk.ratings.standingOf(dossierId), desk.count('rating')]).toEqual([{ rated: false, refused: false }, { rated: false, refused: true }, { rated: true, refused: false }, 2])
  })

  it('without a dossier may be given again and again', () => {
    const desk = newDesk()
    for (let visit = 0; visit < 3; visit++) desk.ratings.keep(rating(null, { ticketLabel: 'A012' }))
    expect(desk.count('rating')).toBe(3)
  })

  it('keeps hostile words as words', () => {
    const desk = newDesk()
    desk.ratings.keep(rating(null, { comment: '<script>alert(1)</script>\u202E\u0000\u0007 \uD800 tốt\r\nlắm' }))
    expect(desk.store.read.get('SELECT comment FROM rating', [], (row) => row.text('comment'))).toBe('<script>alert(1)</script> \uFFFD tốt\nlắm')
  })

  it('never changes and never goes', () => {
    const desk = newDesk()
    desk.ratings.keep(rating(null))
    const refusals = ['UPDATE rating SET stars = 1', 'DELETE FROM rating'].map((sql) => {
      try {
        desk.store.write((tx) => tx.run(sql))
        return 'done'
      } catch {
        return 'refused'
      }
    })
    expect(refusals).toEqual(['refused', 'refused'])
  })
})

describe('A slip', () => {
  it('is the same for a dossier however often it is asked for', () => {
    const desk = newDesk()
    const dossierId = addDossier(desk)
    expect(desk.ratings.slipFor(dossierId)).toEqual(desk.ratings.slipFor(dossierId))
  })

  it('holds a text for the QR and nothing of the dossier', () => {
    const desk = newDesk()
    expect(desk.ratings.slipFor(addDossier(desk)).text).toMatch(/^MOTCUA:DG:1:[0-9A-HJKMNP-TV-Z]{20}$/)
  })

  it('leads to the procedure, and rates once', () => {
    const desk = newDesk()
    const dossierId = addDossier(desk)
    const { text } = desk.ratings.slipFor(dossierId)
    const before = desk.ratings.bySlip(`  ${text.toLowerCase()} `)
    desk.ratings.keepBySlip(text, { stars: 4, reasons: [], comment: '' })
    expect([before, desk.ratings.bySlip(text).rated, desk.ratings.slipFor(dossierId).used, codeOf(() => desk.ratings.keepBySlip(text, { stars: 1, reasons: [], comment: '' }))])
      .toEqual([{ token: desk.ratings.slipFor(dossierId).token, dossierId, subject: expect.any(String), rated: false }, true, true, 'PA-005'])
  })

  it('is used up when the dossier is rated some other way', () => {
    const desk = newDesk()
    const dossierId = addDossier(desk)
    const { text } = desk.ratings.slipFor(dossierId)
    desk.ratings.keep(rating(dossierId, { channel: 'counter' }))
    const usedAt = desk.store.read.get('SELECT used_at FROM rating_slip', [], (row) => row.text('used_at'))
    expect([codeOf(() => desk.ratings.keepBySlip(text, { stars: 1, reasons: [], comment: '' })), usedAt]).toEqual(['PA-005', expect.any(String)])
  })

  it.each(['MOTCUA:DG:1:ABC', 'MOTCUA:TM:1:X', '', '0'.repeat(20), `MOTCUA:DG:1:${'A'.repeat(20)}`, "' OR 1=1 --"])('that nobody made is not known: %s', (text) => {
    const desk = newDesk()
    expect(codeOf(() => desk.ratings.bySlip(text))).toBe('PA-004')
  })

  it('is not made for a dossier that is not there', () => {
    const desk = newDesk()
    expect(codeOf(() => desk.ratings.slipFor('0193aaaa-0000-7000-8000-000000000001' as DossierId))).toBe('HS-004')
  })
})
