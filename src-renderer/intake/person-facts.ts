import type { KnownPerson } from '@contract/draft'
import type { DraftPerson } from '@contract/person'
import { fillFromEarlier, leaveFact, typeFact, type Who } from './content'
import type { TextFact } from './tidy'
import { useDraft } from './use-draft'

/** One person of the draft with the acts of its fields. */
export function usePerson(who: Who) {
  const { content, edit } = useDraft()
  const change = (act: (person: DraftPerson) => DraftPerson): void => edit((now) => {
    const person = act(now[who])
    return person === now[who] ? now : { ...now, [who]: person }
  })
  return {
    person: content[who],
    type: (fact: TextFact, text: string) => change((person) => typeFact(person, fact, text)),
    leave: (fact: TextFact) => change((person) => leaveFact(person, fact)),
    setSex: (sex: DraftPerson['sex']) => change((person) => ({ ...person, sex, sources: { ...person.sources, sex: 'typed' } })),
    take: (known: KnownPerson) => change((person) => fillFromEarlier(person, known.person)),
  }
}
