import { z } from 'zod'

const count = z.number().int().min(0).max(1_000_000)
const Line = z.discriminatedUnion('event', [
  z.object({ event: z.literal('device'), id: z.string().min(1).max(400), name: z.string().max(1000) }),
  z.object({ event: z.literal('capabilities'), handling: count, dpis: z.array(z.number()).max(1000), bedWidth: count, bedHeight: count, sheetWidth: count, sheetHeight: count }),
  z.object({ event: z.literal('page-started'), number: count }),
  // A name, never a path: the file lies in the folder that was given.
  z.object({ event: z.literal('page'), number: count, file: z.string().regex(/^p\d{5,6}\.(?:jpg|png)$/), dpi: count }),
  z.object({ event: z.literal('error'), hresult: z.string().regex(/^0x[0-9a-f]{1,8}$/i) }),
  z.object({ event: z.literal('end'), pages: count }),
])
export type WiaLine = z.infer<typeof Line>

/** One line of resources/scan/wia.ps1; null for anything else (a profile's greeting, a warning). Never throws. */
export function parseWiaLine(line: string): WiaLine | null {
  if (!line.startsWith('{') || line.length > 20_000) return null
  try {
    return Line.safeParse(JSON.parse(line)).data ?? null
  } catch {
    return null
  }
}
