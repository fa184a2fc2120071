import { classifyScan } from '@contract/codes'
import type { PagePlace } from '@contract/pages'
import type { PageRow } from './rows'

/** A sheet that parts a pile; `component` is the code of the paper that follows, null where it only parts. */
export type Separator = Readonly<{ component: string | null }>

/** The separator sheet among the codes of a page. */
export function separatorOn(codes: readonly string[]): Separator | null {
  for (const text of codes) {
    const code = classifyScan(text)
    if (code.kind === 'separator') return { component: code.component }
  }
  return null
}

/** A component's code as a sheet carries it (`separatorText`). */
const asPrinted = (component: string): string => component.toLowerCase().replace(/[^a-z0-9]/gu, '-')

/**
 * Where a separator leads from a component: to the one it names, or if it names none to the next of the procedure.
 * Null where there is no such: pages stay where they are, for the officer to move.
 */
export function leadsTo({ component }: Separator, from: string, components: readonly string[]): string | null {
  if (component !== null) return components.find((code) => asPrinted(code) === component) ?? null
  return components[components.indexOf(from) + 1] ?? null
}

/** Where a page goes when it was made for the first time. What was decided once, or by the officer, stands: he may have taken it back. */
export function placeFor(page: Pick<PageRow, 'place' | 'fingerprint' | 'skipBlank'>, found: Readonly<{ blank: boolean; codes: readonly string[] }>): PagePlace {
  if (page.fingerprint !== null || page.place !== 'kept') return page.place
  if (separatorOn(found.codes)) return 'separator'
  return page.skipBlank && found.blank ? 'blank' : 'kept'
}
