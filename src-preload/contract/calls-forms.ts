import { z } from 'zod'
import { call } from './call'
import { FormBrief, FormChange, FormFault, FormView } from './forms'
import { FormCode } from './office-forms'
import { Paper } from './receipt'

const form = z.object({ form: FormCode })

/** The official forms as data: wording and order belong to the office, the rules of layout to the program. */
export const formCalls = {
  list: call.meta({ access: 'signed-in', about: 'The seven forms and which wording is in force' }).output(z.array(FormBrief)),
  open: call.meta({ access: 'administer', about: 'One form with all that may be reworded' }).input(form).output(FormView),
  check: call.meta({ access: 'administer', about: 'What is wrong with a wording; nothing when it can be used' }).input(form.extend({ change: FormChange })).output(z.array(FormFault)),
  preview: call.meta({ access: 'administer', about: 'The form in that wording, filled with an invented dossier (BM-001 names the first fault)' })
    .input(form.extend({ change: FormChange, paper: Paper.default('A5') })).output(z.instanceof(Blob)),
  save: call.meta({ access: 'administer', about: 'Keeps a wording as the next edition, in force from a day on (BM-001 faulty, BM-002 a day that is past)' })
    .input(form.extend({ change: FormChange, effectiveFrom: z.iso.date() })).output(FormView),
  official: call.meta({ access: 'administer', about: 'Back to the official text from a day on' }).input(form.extend({ effectiveFrom: z.iso.date() })).output(FormView),
}
