import type { FormCode, OfficeForm } from '@contract/office-forms'
import { type WordingMark, type Wordings, wordingParts } from '../paperwork'
import type { OfficeParts } from './office-parts'

export type FormsOffice = Readonly<{
  wordings: Wordings
  /** The template that a form is printed in: the one it was issued in where it says so, else the one in force when it was issued. */
  templateOf(form: OfficeForm): Promise<unknown>
  /** The wording in force at an instant. */
  markOf(form: FormCode, at: string): WordingMark
}>

export async function openFormsOffice({ store, audit, clock, place, paperwork }: OfficeParts): Promise<FormsOffice> {
  const { createWordings } = await wordingParts()
  const wordings = createWordings({ store, audit, clock, paperwork, resourcesFolder: place.resourcesFolder })
  return {
    wordings,
    markOf: await wordings.marks(),
    templateOf: async ({ form, frame }) => (frame.template ? wordings.kept(form, frame.template) : (await wordings.inForce(form, frame.at)).template),
  }
}
