import { expect, test } from 'vitest'
import type { HelperDraft } from '@contract/assist'
import { EMPTY_PERSON } from '@contract/person'
import { isDone, nextStep, previousStep, STEPS, stepOf, stepToBegin } from '../../../src-renderer/helper/steps'

const content: HelperDraft['content'] = {
  applicant: EMPTY_PERSON, capacity: 'self', owner: EMPTY_PERSON, organisation: { name: '', taxCode: '' }, procedure: null, answers: {}, delivery: { method: 'counter', address: '' }, papers: {},
}
const draft = (part: Partial<HelperDraft['content']>, gaps: HelperDraft['gaps'] = []) => ({ content: { ...content, ...part }, gaps, questions: [] }) as unknown as HelperDraft
const procedure = { code: '1.004873', version: '2026-11-21' }
const named = { ...EMPTY_PERSON, fullName: 'Bùi Nhật Khang' }

test('a draft is taken up at the first step that is not done', () => {
  const at = [draft({}), draft({ procedure }), draft({ procedure, applicant: named }), draft({ procedure, applicant: named, papers: { 'to-khai': 'has' } })].map(stepToBegin)
  expect(at).toEqual(['matter', 'person', 'papers', 'review'])
})

test('a question that is still open keeps its step open', () => {
  expect(isDone('matter', { ...draft({ procedure }), questions: [{ id: 'place', question: '?', answers: [] }] })).toBe(false)
})

test.each([['procedure', 'matter'], ['applicant.idNumber', 'person'], ['owner.fullName', 'person'], ['organisation.name', 'person'], ['delivery.address', 'papers']] as const)(
  'a gap at %s is mended in the step %s', (field, step) => {
    expect(stepOf({ field, code: 'x', params: {} })).toBe(step)
  })

test('the steps lead to each other and end at their ends', () => {
  expect([STEPS.map(nextStep), STEPS.map(previousStep)]).toEqual([['person', 'papers', 'review', 'review'], ['matter', 'matter', 'person', 'papers']])
})
