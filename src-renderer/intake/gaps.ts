import type { DraftView, Gap } from '@contract/draft'
import type { Procedure } from '@contract/procedures'
import { faultOf, keptOf } from '../papers/pages'
import { hasPaper, type TakenIn } from './content'
import { paperName } from './papers'

const COMPONENT = 'component.'

/**
 * What stands in the way of receiving, by what is on the screen: a paper with pages is there before its PDF is bound, and one with a page
 * that cannot be used is not.
 */
export function gapsOf({ gaps }: Pick<DraftView, 'gaps'>, taken: TakenIn, procedure: Procedure | undefined): readonly Gap[] {
  const open = gaps.filter(({ field, code }) => code !== 'component-missing' || !hasPaper(field.slice(COMPONENT.length), taken))
  const failed = [...new Set(taken.pages.filter(({ place, state }) => place === 'kept' && state === 'failed').map(({ component }) => component))].map((code): Gap => ({
    field: `${COMPONENT}${code}`, code: 'page-failed',
    params: { name: paperName(procedure, code) ?? code, number: String(faultOf(keptOf(taken.pages, code))?.number ?? 1) },
  }))
  return [...open, ...failed]
}
