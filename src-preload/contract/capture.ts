import { z } from 'zod'

/** The way to pictures of paper. */
export const ScanKind = z.enum(['sane', 'escl', 'wia', 'camera', 'import', 'simulator'])
export type ScanKind = z.infer<typeof ScanKind>

export const ScanColour = z.enum(['colour', 'grey', 'black'])
export type ScanColour = z.infer<typeof ScanColour>
/** Where the paper lies: on the glass, or in the feeder, one side or both. */
export const ScanSource = z.enum(['flatbed', 'feeder', 'feeder-duplex'])
export type ScanSource = z.infer<typeof ScanSource>

export const ScanDevice = z.object({
  /** Stays the same when the device is plugged in or found again. */
  id: z.string().max(500),
  kind: ScanKind,
  name: z.string(),
  simulated: z.boolean(),
})
export type ScanDevice = z.infer<typeof ScanDevice>

/** What a device can do, by source. Sizes in millimetres. */
export const ScanCaps = z.object({
  sources: z.array(z.object({
    source: ScanSource, colours: z.array(ScanColour), dpis: z.array(z.number().int()), width: z.number(), height: z.number(),
  })),
})
export type ScanCaps = z.infer<typeof ScanCaps>

export const ScanOptions = z.object({
  source: ScanSource,
  colour: ScanColour,
  dpi: z.number().int().min(50).max(1200),
  paper: z.enum(['A4', 'A5', 'A3', 'Letter', 'Legal', 'card', 'whole']),
  /** Pages after which the feeder is left alone; null: until it is empty. */
  most: z.number().int().min(1).max(1000).nullable(),
})
export type ScanOptions = z.infer<typeof ScanOptions>

export type ScanImage = Readonly<{ number: number; file: string; mediaType: 'image/jpeg' | 'image/png' | 'image/tiff' | 'image/x-portable-anymap' | 'application/pdf'; dpi: number; side: 'front' | 'back' | null }>
