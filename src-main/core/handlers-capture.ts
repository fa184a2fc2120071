import { blobOf, bytesOf, ok } from './answers'
import { AppError } from '@contract/errors'
import type { CaptureDesk } from '../capture'
import type { Connection } from './connection'
import { api } from './guard'

const deskOf = async ({ connection }: { connection: Connection }): Promise<CaptureDesk> => (await connection.office().capture()).desk

export const scanningHandlers = {
  devices: api.scanning.devices.handler(async function* ({ signal, context }) {
    yield* (await deskOf(context)).devices(signal)
  }),
  capabilities: api.scanning.capabilities.handler(async ({ input, context }) => (await deskOf(context)).capabilities(input.deviceId)),
  setup: api.scanning.setup.handler(async ({ input, context }) => (await deskOf(context)).setup(context.connection.actor(), input.component)),
  keepProfile: api.scanning.keepProfile.handler(async ({ input, context }) => {
    (await deskOf(context)).keepProfile(context.connection.actor(), input.component, input.profile)
    return ok
  }),
  scan: api.scanning.scan.handler(async function* ({ input, signal, context }) {
    if (!context.connection.office().hasRoom()) throw new AppError('LUU-013')
    yield* (await deskOf(context)).scan(context.connection.actor(), input, signal)
  }),
}

export const pageHandlers = {
  list: api.pages.list.handler(async ({ input, context }) => (await deskOf(context)).list(input.draftId)),
  begin: api.pages.begin.handler(async ({ input, context }) => {
    if (!context.connection.office().hasRoom()) throw new AppError('LUU-013')
    return { uploadId: await (await deskOf(context)).begin(input) }
  }),
  finish: api.pages.finish.handler(async ({ input, context }) => (await deskOf(context)).finish(input.uploadId)),
  thumbnail: api.pages.thumbnail.handler(async ({ input, context }) => blobOf(await (await deskOf(context)).thumbnail(input.pageId), 'image/jpeg')),
  image: api.pages.image.handler(async ({ input, context }) => {
    const { bytes, mediaType } = await (await deskOf(context)).image(input.pageId, input.original)
    return blobOf(bytes, mediaType)
  }),
  place: api.pages.place.handler(async ({ input, context }) => {
    (await deskOf(context)).place(context.connection.actor(), input)
    return ok
  }),
  turn: api.pages.turn.handler(async ({ input, context }) => {
    (await deskOf(context)).turn(context.connection.actor(), input.pageId, input.turns)
    return ok
  }),
  keep: api.pages.keep.handler(async ({ input, context }) => {
    (await deskOf(context)).keep(context.connection.actor(), input)
    return ok
  }),
  again: api.pages.again.handler(async ({ input, context }) => {
    (await deskOf(context)).again(context.connection.actor(), input.pageId, input.wishes)
    return ok
  }),
  settle: api.pages.settle.handler(async ({ input, context }) => {
    await (await deskOf(context)).settle(input.draftId)
    return ok
  }),
  proposals: api.pages.proposals.handler(async ({ input, context }) => (await deskOf(context)).proposals(input.draftId)),
  text: api.pages.text.handler(async ({ input, context }) => (await deskOf(context)).text(input.pageId)),
}

export const cameraHandlers = {
  look: api.camera.look.handler(async ({ input, context }) => (await deskOf(context)).look(await bytesOf(input.frame))),
}

export const codeHandlers = {
  scans: api.codes.scans.handler(async function* ({ signal, context: { connection } }) {
    yield* (await connection.office().codes()).scans(signal)
  }),
  readers: api.codes.readers.handler(async ({ context: { connection } }) => (await connection.office().codes()).view()),
  choose: api.codes.choose.handler(async ({ input, context: { connection } }) => (await connection.office().codes()).choose(connection.actor().id, input.ports)),
  sheet: api.codes.sheet.handler(async ({ input, context: { connection } }) => blobOf(await (await connection.office().codes()).sheet(input.sheet), 'application/pdf')),
  printSheet: api.codes.printSheet.handler(async ({ input, context: { connection } }) => ({ outcome: await (await connection.office().codes()).printSheet(connection.actor(), input) })),
}
