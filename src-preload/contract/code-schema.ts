import { z } from 'zod'
import { MAX_SCAN_TEXT, type ScannedCode } from './codes'

const text = z.string().max(MAX_SCAN_TEXT)

/** `ScannedCode` for the way between processes; apart from its rules, so that the window need not load the checks to classify. */
export const ScannedCodeSchema: z.ZodType<ScannedCode> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('card'), text }),
  z.object({ kind: z.literal('dossier'), code: z.string().max(60) }),
  z.object({ kind: z.literal('separator'), component: z.string().max(40).nullable() }),
  z.object({ kind: z.literal('procedure'), code: z.string().max(40) }),
  z.object({ kind: z.literal('ticket'), ticket: z.string().max(36) }),
  z.object({ kind: z.literal('rating-slip'), token: z.string().max(20) }),
  z.object({ kind: z.literal('report'), digest: z.string().max(64) }),
  z.object({ kind: z.literal('self-test'), text }),
  z.object({ kind: z.literal('unknown'), text }),
])
