import { call } from '@orpc/server'
import { describe, expect, it } from 'vitest'
import { classifyScan, procedureText } from '@contract/codes'
import type { GuideAnswers } from '@contract/guide'
import { EMPTY_PERSON } from '@contract/person'
import { readEssential } from '../../src-main/core/resources'
import { guideData } from '../guide/sample'
import { catalogue, procedureOf } from '../procedures/sample'
import { codeOfCall, filledContent, practice, RESOURCES, router } from './support'

const WORDS = 'toi muon lam lai khai sinh cho con'

async function atCounter() {
  const made = await practice('duyen')
  const { context } = made
  return { ...made, ask: (words: string, answers: GuideAnswers = {}) => call(router.guide.ask, { words, answers }, context) }
}

describe('the guide over the contract', () => {
  it('tells procedure, place, papers, fee, time and why', async () => {
    const { ask } = await atCounter()
    const [hit] = (await ask('sao y')).hits
    expect(hit).toMatchObject({
      kind: 'procedure', target: '2.000815', version: procedureOf('2.000815').version, verdict: { kind: 'anywhere' }, place: { kind: 'any' },
      fee: { known: true }, placeIndependence: 'decision', legalBasis: procedureOf('2.000815').legalBasis,
    })
    expect(hit?.kind === 'procedure' ? hit.bring.map(({ code, condition }) => [code, condition]) : []).toEqual([['ban-chinh', null], ['ban-sao', expect.stringContaining('Khi')]])
    expect(hit?.reasons.length).toBeGreaterThan(0)
  })

  it('asks the fork, and puts its answer first and into words', async () => {
    const { ask } = await atCounter()
    const { questions: [fork] } = await ask(WORDS)
    expect(fork).toMatchObject({ id: 'khai-sinh', needed: true })
    const answered = await ask(WORDS, { 'khai-sinh': 'mat-ca-so' })
    expect(answered).toMatchObject({ clear: true, questions: [], answered: [{ id: 'khai-sinh', answer: 'Đã khai sinh trước 2016, giấy và sổ đều không còn' }] })
    expect(answered.hits[0]?.target).toBe('1.004884')
  })

  it('sends matters of others there', async () => {
    const { ask } = await atCounter()
    expect((await ask('làm hộ chiếu')).hits[0]).toMatchObject({ kind: 'office', place: { kind: 'elsewhere', goTo: expect.stringContaining('') } })
    expect((await ask('đăng ký thường trú')).hits[0]).toMatchObject({ verdict: { kind: 'elsewhere' }, essential: true })
  })

  it('answers nothing to words that say nothing, and refuses longer ones than 300 letters', async () => {
    const { ask } = await atCounter()
    expect(await ask('??')).toEqual({ hits: [], clear: false, questions: [], answered: [] })
    expect(await codeOfCall(() => ask('a'.repeat(301)))).toBe('BAD_REQUEST')
  })

  it('says of a procedure what the forks have told already, and what is still to be asked', async () => {
    const { context } = await atCounter()
    const choice = { code: '1.004884', forks: { 'khai-sinh': 'mat-ca-so' }, answers: {} }
    const advice = await call(router.guide.advise, choice, context)
    expect(advice).toMatchObject({ verdict: { kind: 'ask' }, answers: { 'truoc-2016': 'co', 'ban-chinh': 'da-mat', 'so-ho-tich': 'khong-con' } })
    expect(advice.questions.map(({ id }) => id)).toEqual(['place'])
    expect((await call(router.guide.advise, { ...choice, answers: { place: 'here' } }, context)).verdict.kind).toBe('here')
    const elsewhere = await call(router.guide.advise, { ...choice, answers: { place: 'elsewhere' } }, context)
    expect(elsewhere).toMatchObject({ verdict: { kind: 'elsewhere', goTo: expect.stringContaining('nơi') }, answered: expect.arrayContaining([{ id: 'place', question: expect.any(String), answerId: 'elsewhere', answer: null }]) })
  })

  it('passes over answers that the procedure does not know', async () => {
    const { context } = await atCounter()
    const { answers } = await call(router.guide.advise, { code: '2.000815', forks: { nothing: 'x' }, answers: { 'ban-chinh': 'co', unknown: 'y', place: 'nowhere' } }, context)
    expect(answers).toEqual({ 'ban-chinh': 'co' })
  })

  it('opens an intake with the procedure and the answers in it', async () => {
    const { context } = await atCounter()
    const { draftId } = await call(router.guide.begin, { code: '1.004884', forks: { 'khai-sinh': 'mat-ca-so' }, answers: { place: 'here' } }, context)
    const draft = await call(router.intake.open, { draftId }, context)
    expect(draft.content).toMatchObject({
      procedure: { code: '1.004884', version: procedureOf('1.004884').version }, answers: { place: 'here', 'truoc-2016': 'co', 'ban-chinh': 'da-mat', 'so-ho-tich': 'khong-con' }, focus: 'applicant.fullName',
    })
    expect(draft).toMatchObject({ verdict: { kind: 'here' }, questions: [] })
  })

  it('puts the choice into the draft in hand, and keeps its person', async () => {
    const { context } = await atCounter()
    const draft = await call(router.intake.start, undefined, context)
    const applicant = { ...EMPTY_PERSON, fullName: 'Đặng Thị Ngọc Ánh' }
    await call(router.intake.save, { draftId: draft.id, revision: draft.revision, content: { ...draft.content, applicant } }, context)
    expect(await call(router.guide.begin, { code: '2.000815', draftId: draft.id }, context)).toEqual({ draftId: draft.id })
    expect((await call(router.intake.open, { draftId: draft.id }, context)).content).toMatchObject({ applicant, procedure: { code: '2.000815' }, focus: 'procedure' })
  })

  it('makes no draft for a procedure that is not in force', async () => {
    const { context } = await atCounter()
    const before = (await call(router.intake.drafts, undefined, context)).length
    expect(await codeOfCall(() => call(router.guide.begin, { code: '9.999999' }, context))).toBe('DM-003')
    expect((await call(router.intake.drafts, undefined, context)).length).toBe(before)
  })

  it('takes a new catalogue from the next question on', async () => {
    const { ask, office } = await atCounter()
    const strange = { ...procedureOf('2.000815'), code: '9.999998', name: 'Cấp thẻ thư viện phường', keywords: ['mượn sách'], eligibility: [], version: '2026-11-22' }
    const { shortName: _none, ...procedure } = strange
    const file = { ...catalogue, version: '2026-11-22', procedures: [...catalogue.procedures, procedure] }
    const report = await office().catalogue.import('system', { bytes: Buffer.from(JSON.stringify(file)), name: 'a.json', dryRun: false })
    expect(report.problems).toEqual([])
    expect((await ask('làm thẻ thư viện')).hits[0]?.target).toBe('9.999998')
  })
})

describe('who may ask what', () => {
  it.each(['huy', 'quantri'])('%s may ask and print, and is told of nobody in hand', async (who) => {
    const { context, connection } = await practice(who)
    expect((await call(router.guide.ask, { words: 'kết hôn' }, context)).hits[0]?.target).toBe('1.000894')
    const receives = connection.session()?.account.role !== 'administrator'
    const draftId = '01930000-0000-7000-8000-000000000000'
    const code = await codeOfCall(() => call(router.guide.ask, { words: 'kết hôn', draftId: draftId }, context))
    expect(code).toBe(receives ? 'HS-001' : 'TK-005')
  })
})

describe('what the ward has already', () => {
  it('is told of the person in hand alone: the card that was read, papers of earlier dossiers, what was given out; and the look is written down', async () => {
    const { context, office } = await practice('duyen')
    const earlier = procedureOf('1.004873')
    const first = await call(router.intake.start, undefined, context)
    const saved = await call(router.intake.save, { draftId: first.id, revision: first.revision, content: filledContent(first, earlier) }, context)
    const dossier = await call(router.intake.commit, { draftId: first.id, revision: saved.revision }, context)
    const now = await call(router.intake.start, undefined, context)
    const applicant = { ...saved.content.applicant, sources: { idNumber: 'chip' as const } }
    await call(router.intake.save, { draftId: now.id, revision: now.revision, content: { ...now.content, applicant } }, context)
    const have = (code: string) => call(router.guide.have, { code, draftId: now.id }, context)
    // Received, not yet given out: nothing is claimed of it. A paper that was only shown is with its owner.
    expect(await have('1.000894')).toEqual({})
    expect(await have('1.004884')).toEqual({ 'giay-to-tuy-than': { source: 'card' } })
    office().store.write((tx) => tx.run('UPDATE dossier SET state = 10 WHERE id = ?', [dossier.id]))
    expect(await have('1.000894')).toEqual({ 'xac-nhan-hon-nhan': { source: 'result', dossier: dossier.code, receivedAt: dossier.receivedAt } })
    const looks = office().audit.list(office().store.read, { limit: 3 })
    expect(looks[0]).toMatchObject({ action: 'people.looked-up', subject: { type: 'draft', id: now.id } })
    expect(looks[0]?.detailText).not.toMatch(/\d{9}/u)
  })

  it('is nothing for somebody who is not known here', async () => {
    const { context } = await practice('duyen')
    const draft = await call(router.intake.start, undefined, context)
    expect(await call(router.guide.have, { code: '1.004884', draftId: draft.id }, context)).toEqual({})
  })
})

describe('the data beside the catalogue', () => {
  it('names 25 essential services in order, whose codes are in the shipped catalogue', () => {
    const services = readEssential(RESOURCES)
    const codes = new Set(catalogue.procedures.map(({ code }) => code))
    expect(services.map(({ number }) => number)).toEqual(Array.from({ length: 25 }, (_, index) => index + 1))
    expect(services.flatMap((service) => service.codes).filter((code) => !codes.has(code))).toEqual([])
    expect(services.filter((service) => service.codes.length === 0).every(({ mark, by }) => mark === 'G' && by !== '')).toBe(true)
  })

  it('has forks whose answers say only what the procedure asks', () => {
    const wrong = guideData.forks.forks.flatMap((fork) => fork.answers.flatMap(({ says, target, id }) => Object.entries(says ?? {}).filter(([question, answer]) =>
      !procedureOf(target).eligibility.some((one) => one.id === question && one.answers.some((choice) => choice.id === answer && choice.verdict !== 'other-procedure' && choice.verdict !== 'not-eligible')),
    ).map(([question]) => `${fork.id}/${id}: ${question}`)))
    expect(wrong).toEqual([])
  })

  it('has codes of leaflets that every reader brings back, with other signs between, too', () => {
    for (const { code } of catalogue.procedures) {
      expect(classifyScan(procedureText(code))).toEqual({ kind: 'procedure', code })
      expect(classifyScan(procedureText(code).toLowerCase().replaceAll(':', 'Ñ').replaceAll('.', '-'))).toEqual({ kind: 'procedure', code })
    }
    expect(classifyScan('MOTCUA:TT:1:2.00081')).toMatchObject({ kind: 'unknown' })
  })
})
