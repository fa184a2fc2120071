import type { TFunction } from 'i18next'
import type { KioskState } from '@contract/queue'
import { aheadWords, groupName, kindName } from './names'
import { prioritiesOf, type Step } from './steps'

/** What is read aloud of a page, one sentence a line. */
export function spoken(step: Step, state: KioskState, t: TFunction<'kiosk'>): readonly string[] {
  switch (step.at) {
    case 'kinds':
      return [t('kinds.title'), ...state.kinds.map(({ name }) => kindName(name, t)), t('kinds.unsure')]
    case 'groups':
      return [t('groups.title'), t('groups.none'), ...prioritiesOf(state.groups).map((group) => groupName(group, t))]
    case 'given':
      return [`${t('given.title')}: ${[...step.ticket.label].join(' ')}`, aheadWords(step.ticket.ahead, t)]
    case 'answers':
      return step.answers.flatMap(({ name, goTo }) => (goTo === null ? [name] : [name, t('answers.goTo', { place: goTo })]))
    default:
      return []
  }
}
