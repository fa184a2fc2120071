import type { Connection } from './connection'
import { blobOf } from './answers'
import type { FormsOffice } from './forms-office'
import { api } from './guard'

const wordingsOf = async (connection: Connection): Promise<FormsOffice['wordings']> => (await connection.office().desks.forms()).wordings

export const formHandlers = {
  list: api.forms.list.handler(async ({ context: { connection } }) => (await wordingsOf(connection)).list()),
  open: api.forms.open.handler(async ({ input, context: { connection } }) => (await wordingsOf(connection)).open(input.form)),
  check: api.forms.check.handler(async ({ input, context: { connection } }) => (await wordingsOf(connection)).check(input.form, input.change)),
  preview: api.forms.preview.handler(async ({ input, context: { connection } }) =>
    blobOf(await (await wordingsOf(connection)).preview(input.form, input.change, input.paper), 'application/pdf')),
  save: api.forms.save.handler(async ({ input, context: { connection } }) =>
    (await wordingsOf(connection)).save(connection.actor().id, input.form, input.change, input.effectiveFrom)),
  official: api.forms.official.handler(async ({ input, context: { connection } }) =>
    (await wordingsOf(connection)).official(connection.actor().id, input.form, input.effectiveFrom)),
}
