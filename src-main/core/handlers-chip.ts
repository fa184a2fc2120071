import { AppError } from '@contract/errors'
import { trustErrors } from '@contract/errors/trust'
import { LARGEST_TRUST_FILE } from '@contract/trust'
import { blobOf, bytesOf, ok } from './answers'
import type { Connection } from './connection'
import { api } from './guard'

/** Calls that name files of the machine are for the command line: a window that was taken over must not read or write where it likes. @throws AppError TK-017 */
function onlyHeadless({ counter }: Connection): void {
  if (counter.settings.electronVersion !== 'none') throw new AppError('TK-017')
}

export const readerHandlers = {
  list: api.readers.list.handler(async ({ context: { connection } }) => (await connection.office().chip()).view()),
  choose: api.readers.choose.handler(async ({ input, context: { connection } }) => {
    const chip = await connection.office().chip()
    chip.choose(connection.actor().id, input.reader)
    return chip.view()
  }),
  putCard: api.readers.putCard.handler(async ({ input, context: { connection } }) => {
    const chip = await connection.office().chip()
    chip.putCard(input.card)
    return chip.view()
  }),
}

export const chipHandlers = {
  read: api.chip.read.handler(async function* ({ input, signal, context: { connection } }) {
    const { desk } = await connection.office().chip()
    yield* desk.read(connection.actor(), input, signal)
  }),
  reading: api.chip.reading.handler(async ({ input, context: { connection } }) => (await connection.office().chip()).desk.reading(input.readingId)),
  face: api.chip.face.handler(async ({ input, context: { connection } }) => {
    const { bytes, mediaType } = await (await connection.office().chip()).desk.face(input.readingId)
    return blobOf(bytes, mediaType)
  }),
  keepCheck: api.chip.keepCheck.handler(async ({ input, context: { connection } }) => (await connection.office().chip()).desk.keepCheck(connection.actor(), input)),
  checks: api.chip.checks.handler(async ({ input, context: { connection } }) => (await connection.office().chip()).desk.checks(input)),
  inspect: api.chip.inspect.handler(async ({ input, context: { connection } }) => {
    onlyHeadless(connection)
    return (await connection.office().chip()).desk.inspect(input)
  }),
  apduLog: api.chip.apduLog.handler(async ({ input, context: { connection } }) => {
    onlyHeadless(connection)
    return (await connection.office().chip()).desk.apduLog(connection.actor(), input)
  }),
}

export const trustHandlers = {
  list: api.trust.list.handler(async ({ context: { connection } }) => (await connection.office().chip()).trust.list()),
  import: api.trust.import.handler(async ({ input, context: { connection } }) => {
    const { trust } = await connection.office().chip()
    // Told before it is read: a file of a window's choice must not fill the memory.
    if (input.bytes.size > LARGEST_TRUST_FILE) throw new AppError(trustErrors.tooLarge)
    const bytes = await bytesOf(input.bytes)
    return trust.import(connection.actor(), input.name, bytes)
  }),
  remove: api.trust.remove.handler(async ({ input, context: { connection } }) => {
    const { trust } = await connection.office().chip()
    trust.remove(connection.actor(), input.sha256)
    return ok
  }),
}
