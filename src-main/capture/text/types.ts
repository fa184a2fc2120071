import type { Bits, Box, Grey } from '../pages/raster'

/** A word of a page. The box is in pixels of the page that was read, its origin top left; the confidence runs from 0 to 1 and is the engine's own. */
export type Word = Readonly<{ text: string; box: Box; confidence: number }>
/** Words of one line, from left to right. */
export type Line = Readonly<{ words: readonly Word[]; text: string; box: Box }>

export type EngineName = 'system' | 'packaged'

/** What stands on a page. All text is NFC. */
export type PageText = Readonly<{
  width: number
  height: number
  dpi: number
  language: string
  engine: EngineName
  lines: readonly Line[]
  /** The lines, one below the other. */
  text: string
  /** Mean of the words' confidences; 0 without words. */
  confidence: number
}>

/** What can be read: grey, or one bit a pixel. */
export type PageImage = Grey | Bits

/** `page`: a form or letter in one column; `mrz`: two or three lines of `A–Z 0–9 <` and nothing else. */
export type Purpose = 'page' | 'mrz'

/** One page for an engine: an encoded picture (PNM), which it may keep, and how to read it. */
export type Job = Readonly<{ picture: Uint8Array; dpi: number; purpose: Purpose }>

/** A way to read. `recognise` gives Tesseract's TSV; it is asked for one page at a time. */
export type Engine = Readonly<{
  name: EngineName
  /** Model that reads a purpose (`vie`, `eng`). */
  language(purpose: Purpose): string
  /** @throws AppError QT-012 when `signal` ends it, else what `failures.ts` makes */
  recognise(job: Job, signal: AbortSignal): Promise<string>
  warm(): Promise<void>
  close(): Promise<void>
}>

export const isBits = (image: PageImage): image is Bits => 'stride' in image
