import { describe, expect, it } from 'vitest'
import { EMPTY_PERSON } from '@contract/person'
import { cardDoubts, damageAt, openDoubts } from '../../../src-renderer/intake/card-doubts'

const lost = { field: 'applicant.fullName', code: 'letters-lost', params: { words: 'Vn' } }
const old = { field: 'applicant.issuedAt', code: 'issued-in-future', params: {} }
const noise = { field: 'applicant.sex', code: 'number-sex', params: {} }
const person = (source: 'qr' | 'typed' | 'chip') => ({ ...EMPTY_PERSON, fullName: 'Nguyn Vn A', sources: { fullName: source } })

describe('doubts about a card', () => {
  it('are those of the person into whose fields it went, without what comes with the draft', () => {
    expect(cardDoubts([lost, old, noise], 'owner')).toEqual([{ ...lost, field: 'owner.fullName' }, { ...old, field: 'owner.issuedAt' }])
  })

  it.each([['qr', [lost, old]], ['typed', [old]], ['chip', [old]]] as const)('about letters hold while the field is as the code gave it: %s', (source, open) => {
    expect(openDoubts([lost, old], { applicant: person(source), owner: EMPTY_PERSON })).toEqual(open)
  })

  it('mark the field whose letters were damaged, and no other', () => {
    expect(damageAt([lost, old], 'applicant.fullName')).toEqual(lost)
    expect(damageAt([lost, old], 'applicant.issuedAt')).toBeUndefined()
  })
})
