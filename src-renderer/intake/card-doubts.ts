import type { DraftContent, Warning } from '@contract/draft'
import type { Who } from './content'

/** These come with every saved draft; shown twice they would only be noise. */
const WITH_DRAFT: ReadonlySet<string> = new Set(['number-birth-year', 'number-sex', 'number-province', 'number-form'])
const DAMAGE: ReadonlySet<string> = new Set(['letters-mended', 'letters-lost'])

/** Doubts about a card that was read, as those of the person into whose fields it went. */
export const cardDoubts = (warnings: readonly Warning[], who: Who): readonly Warning[] =>
  warnings.filter(({ code }) => !WITH_DRAFT.has(code)).map((warning) => ({ ...warning, field: warning.field.replace(/^applicant\./u, `${who}.`) }))

/** The doubts that still hold: letters that were typed anew, or came from the chip, are in doubt no more. */
export function openDoubts(warnings: readonly Warning[], content: Pick<DraftContent, Who>): readonly Warning[] {
  return warnings.filter(({ code, field }) => {
    if (!DAMAGE.has(code)) return true
    const [who, fact = ''] = field.split('.')
    return (who === 'owner' ? content.owner : content.applicant).sources[fact] === 'qr'
  })
}

/** What a field's letters went through on their way, when they are in doubt. */
export const damageAt = (doubts: readonly Warning[], field: string): Warning | undefined => doubts.find((doubt) => doubt.field === field && DAMAGE.has(doubt.code))
