import { z } from 'zod'
import { ScanColour, ScanDevice, ScanKind, ScanSource } from './capture'
import { type ErrorCode, isErrorCode } from './errors'
import { Instant, PageId } from './ids'

const Code = z.custom<ErrorCode>((value) => typeof value === 'string' && isErrorCode(value))
const Params = z.record(z.string(), z.union([z.string(), z.number()]))

export const Point = z.object({ x: z.number(), y: z.number() })
export type Point = z.infer<typeof Point>
/** Corners of a page in pixels of its picture: upper left, upper right, lower right, lower left. */
export const Quad = z.tuple([Point, Point, Point, Point])
export type Quad = z.infer<typeof Quad>
export const Box = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() })
export type Box = z.infer<typeof Box>

export const Turns = z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3)])
/** Quarter turns clockwise. */
export type Turns = z.infer<typeof Turns>

/** `auto`: colour where a seal, a signature or a photograph has it, grey for pictures, black and white for text. */
export const PageColour = z.enum(['auto', ...ScanColour.options])
export type PageColour = z.infer<typeof PageColour>

/** What is to become of a page: `clean` makes it straight, cut out and white; corners set by hand hold for a camera's picture. */
export const PageWishes = z.object({ colour: PageColour, clean: z.boolean(), corners: Quad.nullable() })
export type PageWishes = z.infer<typeof PageWishes>
export const USUAL_WISHES: PageWishes = { colour: 'auto', clean: true, corners: null }

export const ScanPaper = z.enum(['A4', 'A5', 'A3', 'Letter', 'Legal', 'card', 'whole'])
export type ScanPaper = z.infer<typeof ScanPaper>

/** How an officer scans: kept per component, and once for all others. */
export const ScanProfile = z.object({
  source: ScanSource, colour: PageColour, dpi: z.number().int().min(50).max(1200), paper: ScanPaper,
  /** Empty pages of a pile are set aside; they can be put back. */
  skipBlank: z.boolean(),
})
export type ScanProfile = z.infer<typeof ScanProfile>
export const USUAL_PROFILE: ScanProfile = { source: 'feeder', colour: 'auto', dpi: 300, paper: 'A4', skipBlank: true }

/** A way that does not work, beside those that do. */
export const ScanFoundView = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('device'), device: ScanDevice }),
  z.object({ kind: z.literal('trouble'), way: ScanKind, code: Code, params: Params }),
])
export type ScanFoundView = z.infer<typeof ScanFoundView>

/** What the window hears of a scan. A page is safe in the encrypted store when it is told. */
export const ScanStep = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('page-started'), number: z.number().int() }),
  z.object({ kind: z.literal('progress'), number: z.number().int(), ratio: z.number().nullable() }),
  z.object({ kind: z.literal('page'), number: z.number().int(), pageIds: z.array(PageId) }),
  z.object({ kind: z.literal('ended'), pages: z.number().int(), reason: z.enum(['done', 'feeder-empty']) }),
])
export type ScanStep = z.infer<typeof ScanStep>

/** `waiting`: safe, not yet worked on. `failed`: the picture cannot be used; the page is to be taken again or removed. */
export const PageState = z.enum(['waiting', 'ready', 'failed'])
export type PageState = z.infer<typeof PageState>
/** Whether a page goes into the PDF, and if not why: empty, a separator sheet, taken off by the officer. */
export const PagePlace = z.enum(['kept', 'blank', 'separator', 'removed'])
export type PagePlace = z.infer<typeof PagePlace>

export const FindingKind = z.enum(['blurred', 'dark', 'glare', 'cut-edge', 'low-resolution'])
export type FindingKind = z.infer<typeof FindingKind>
/** Why a page should be taken again while the citizen is still there; the region in pixels of the page. */
export const PageFinding = z.object({ kind: FindingKind, region: Box })
export type PageFinding = z.infer<typeof PageFinding>

export const PageView = z.object({
  id: PageId,
  component: z.string(),
  ordinal: z.number().int(),
  state: PageState,
  place: PagePlace,
  /** Why it failed. */
  problem: z.object({ code: Code, params: Params }).nullable(),
  origin: ScanKind,
  simulated: z.boolean(),
  turns: Turns,
  wishes: PageWishes,
  /** Pixels and bytes of what was made; null until then. */
  made: z.object({ width: z.number().int(), height: z.number().int(), dpi: z.number().int(), size: z.number().int(), colour: ScanColour, keptOriginal: z.enum(['less-legible', 'smaller']).nullable() }).nullable(),
  findings: z.array(PageFinding),
  /** An earlier page of the same draft that is the same sheet. */
  twinOf: PageId.nullable(),
  text: z.enum(['waiting', 'read', 'none', 'failed']),
  /** Grows whenever the picture changes. */
  revision: z.number().int(),
  addedAt: Instant,
})
export type PageView = z.infer<typeof PageView>

/** What a camera sees at this moment; corners in pixels of the frame that was sent. */
export const CameraLook = z.object({
  corners: Quad.nullable(), sure: z.number(),
  /** Brightness of the picture's paper 0 … 255, and how sharp its edges are 0 … 1. */
  light: z.number(), sharpness: z.number(),
})
export type CameraLook = z.infer<typeof CameraLook>

/** A field that was read on a page: never filled in by itself. Names of fields as `src-main/capture/text` gives them (`applicant.fullName`). */
export const FieldProposal = z.object({
  pageId: PageId,
  field: z.string().max(60),
  value: z.string().max(1000),
  /** In pixels of the page as it was made. */
  box: Box,
  /** 0 … 1 */
  confidence: z.number(),
  origin: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('form'), form: z.string(), caption: z.string(), repaired: z.boolean(), doubts: z.array(z.string()) }),
    z.object({ kind: z.literal('mrz'), format: z.enum(['TD1', 'TD2', 'TD3']), checked: z.boolean(), repaired: z.number().int() }),
  ]),
})
export type FieldProposal = z.infer<typeof FieldProposal>
