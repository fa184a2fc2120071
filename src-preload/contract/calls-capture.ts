import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { call } from './call'
import { ScanCaps, ScanDevice, ScanKind } from './capture'
import { CodeReadersView, CodeScan, SerialChoice } from './code-readers'
import { DraftId, PageId, UploadId } from './ids'
import { CameraLook, FieldProposal, PageView, PageWishes, ScanFoundView, ScanProfile, ScanStep, Turns } from './pages'
import { Paper } from './receipt'

const ok = z.object({ ok: z.literal(true) })
const bytes = z.instanceof(Blob)
const component = z.string().min(1).max(80)
const deviceId = z.string().min(1).max(500)
const onePage = z.object({ pageId: PageId })

export const scanningCalls = {
  devices: call.meta({ access: 'receive', about: 'Scanners as they are found, and the ways that do not work; end the call to stop looking' }).output(eventIterator(ScanFoundView)),
  capabilities: call.meta({ access: 'receive', about: 'Sources, colours, resolutions and sizes of a scanner' }).input(z.object({ deviceId })).output(ScanCaps),
  setup: call.meta({ access: 'receive', about: 'The scanner used last, and how this officer scans a component' })
    .input(z.object({ component })).output(z.object({ device: ScanDevice.nullable(), profile: ScanProfile })),
  keepProfile: call.meta({ access: 'receive', about: 'How this officer scans from now on: a component, or all without a way of their own (null)' })
    .input(z.object({ component: component.nullable(), profile: ScanProfile })).output(ok),
  scan: call.meta({ access: 'receive', about: 'Scans pages into a component; pages told are safe; end the call to cancel' })
    .input(z.object({ draftId: DraftId, component, deviceId, profile: ScanProfile, /** Pages after which the feeder is left alone; null: until it is empty. */ most: z.number().int().min(1).max(1000).nullable().default(null) })).output(eventIterator(ScanStep)),
}

export const pageCalls = {
  list: call.meta({ access: 'receive', about: 'The pages of a draft, by component and order; those set aside among them' }).input(z.object({ draftId: DraftId })).output(z.array(PageView)),
  begin: call.meta({ access: 'receive', about: 'Starts taking in a picture as pages; its bytes go by documents.append' })
    .input(z.object({ draftId: DraftId, component, name: z.string().min(1).max(255), size: z.number().int().min(0), origin: ScanKind.extract(['camera', 'import']), wishes: PageWishes }))
    .output(z.object({ uploadId: UploadId })),
  finish: call.meta({ access: 'receive', about: 'The picture is whole: one page, or several of a TIFF' }).input(z.object({ uploadId: UploadId })).output(z.array(PageView)),
  thumbnail: call.meta({ access: 'receive', about: 'A small picture of a page (JPEG)' }).input(onePage).output(bytes),
  image: call.meta({ access: 'receive', about: 'A page as it goes into the PDF, or as it came; JPEG or PNG that any window can show' })
    .input(z.object({ pageId: PageId, original: z.boolean().default(false) })).output(bytes),
  place: call.meta({ access: 'receive', about: 'Puts pages, in this order, at a place of a component: reorders, moves, splits and merges' })
    .input(z.object({ draftId: DraftId, component, at: z.number().int().min(0), pageIds: z.array(PageId).min(1).max(1000) })).output(ok),
  turn: call.meta({ access: 'receive', about: 'How a page is turned' }).input(z.object({ pageId: PageId, turns: Turns })).output(ok),
  keep: call.meta({ access: 'receive', about: 'Takes pages off, or takes back those set aside' }).input(z.object({ draftId: DraftId, pageIds: z.array(PageId).min(1).max(1000), kept: z.boolean() })).output(ok),
  again: call.meta({ access: 'receive', about: 'Makes a page anew from the picture as it came' }).input(z.object({ pageId: PageId, wishes: PageWishes })).output(ok),
  settle: call.meta({ access: 'receive', about: 'Answers when every page is worked on and every PDF of the draft is up to date' }).input(z.object({ draftId: DraftId })).output(ok),
  proposals: call.meta({ access: 'receive', about: 'Fields read from the pages of a draft, for the officer to accept' }).input(z.object({ draftId: DraftId })).output(z.array(FieldProposal)),
  text: call.meta({ access: 'receive', about: 'What was read on a page; null when it was not read' }).input(onePage).output(z.object({ text: z.string(), confidence: z.number() }).nullable()),
}

export const cameraCalls = {
  look: call.meta({ access: 'receive', about: 'Where the paper lies in a small frame of the camera (JPEG), with light and sharpness' }).input(z.object({ frame: bytes })).output(CameraLook),
}

const Sheet = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('separator'), component: z.object({ code: component, name: z.string().max(300) }).nullable() }),
  z.object({ kind: z.literal('reader-test') }),
])

export const codeCalls = {
  scans: call.meta({ access: 'receive', about: 'Codes as barcode readers send them' }).output(eventIterator(CodeScan)),
  readers: call.meta({ access: 'signed-in', about: 'Barcode readers that send bytes, ports that might be one, and what is in the way' }).output(CodeReadersView),
  choose: call.meta({ access: 'receive', about: 'The serial ports on which readers hang; remembered' }).input(z.object({ ports: z.array(SerialChoice).max(8) })).output(CodeReadersView),
  sheet: call.meta({ access: 'receive', about: 'A separator sheet or the sheet that readers are tried with, as PDF' }).input(z.object({ sheet: Sheet })).output(bytes),
  printSheet: call.meta({ access: 'receive', about: 'Prints such a sheet' })
    .input(z.object({ sheet: Sheet, printer: z.string().max(200).nullable(), silent: z.boolean(), paper: Paper.default('A4') })).output(z.object({ outcome: z.enum(['printed', 'cancelled']) })),
}
export type Sheet = z.infer<typeof Sheet>
