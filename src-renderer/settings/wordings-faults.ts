import type { TFunction } from 'i18next'
import type { FormFault } from '@contract/forms'
import { faultKey, type Naming } from './wordings-draft'

/** A fault as a sentence, with placeholders by the names that stand on the screen. */
export const faultWords = (fault: FormFault, { name }: Naming, t: TFunction<'wordings'>): string => t(`fault.${faultKey(fault)}`, { detail: name(fault.detail), most: fault.detail })
