import { z } from 'zod'
import { isErrorCode, type ErrorCode } from './errors'
import { HallOpening, HallState, HallWindow } from './hall'
import { QueueReport } from './printing'

/**
 * What shell and core say to each other over the core's parent port. Small on purpose: all the rest goes from the screen
 * to the core on its own port. Both sides check what they receive.
 */

const Bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array)
const Code = z.custom<ErrorCode>((value) => typeof value === 'string' && isErrorCode(value))
const Params = z.record(z.string(), z.union([z.string(), z.number()]))

/** Where and how the core runs; sent once, first. Folders are absolute. */
export const CoreSettings = z.object({
  dataFolder: z.string().min(1),
  resourcesFolder: z.string().min(1),
  migrationsFolder: z.string().min(1),
  practice: z.boolean(),
  cityUrl: z.url().optional(),
  cityEnrolment: z.string().min(1).optional(),
  /** SQLite binding for runtimes that cannot load the shipped one. */
  nativeBinding: z.string().min(1).optional(),
  /** The native part that talks to the PC/SC service; without it the program starts and says so. */
  pcscBinding: z.string().min(1).optional(),
  /** The native part that talks to the drivers of USB tokens; the same holds. */
  pkcs11Binding: z.string().min(1).optional(),
  appVersion: z.string(),
  electronVersion: z.string(),
  /** What wraps keys on this machine, for the screen "about": `keychain`, `windows`, `gnome_libsecret`, … or `none`. */
  keyStore: z.string(),
})
export type CoreSettings = z.infer<typeof CoreSettings>

/** `T80`: a roll of 80 mm, as long as the page is. */
export const Paper = z.enum(['A4', 'A5', 'T80'])
export type Paper = z.infer<typeof Paper>

export const Printer = z.object({ name: z.string(), label: z.string(), isDefault: z.boolean() })
export type Printer = z.infer<typeof Printer>

/** What became of a hand-over: `printed` where nothing more can be learnt, else the queue's own name of the job, by which it can be followed. */
export const HandedOver = z.union([z.enum(['printed', 'cancelled']), z.object({ queued: z.string().min(1).max(300) })])
export type HandedOver = z.infer<typeof HandedOver>

/** A page in shades of grey, 0 black, row by row. */
export const GreyPage = z.object({ width: z.number().int().positive(), height: z.number().int().positive(), grey: Bytes })
export type GreyPage = z.infer<typeof GreyPage>

/** What only the operating system can do, asked by the core. */
export const HostAsk = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('wrap-key'), bytes: Bytes }),
  z.object({ kind: z.literal('unwrap-key'), bytes: Bytes }),
  z.object({ kind: z.literal('list-printers') }),
  z.object({ kind: z.literal('print-pdf'), bytes: Bytes, printer: z.string().min(1).max(200).nullable(), silent: z.boolean(), paper: Paper, copies: z.number().int().min(1).max(20) }),
  /** Bytes in the printer's own language, past every filter of the queue. */
  z.object({ kind: z.literal('print-raw'), bytes: Bytes, printer: z.string().min(1).max(200) }),
  z.object({ kind: z.literal('queue-job'), job: z.string().min(1).max(300) }),
  /** Takes it out of the queue; one that is through already stays so. */
  z.object({ kind: z.literal('cancel-job'), job: z.string().min(1).max(300) }),
  /** The first page, so many dots wide. */
  z.object({ kind: z.literal('draw-pdf'), bytes: Bytes, width: z.number().int().min(8).max(1200) }),
  z.object({ kind: z.literal('save-file'), suggestedName: z.string().min(1).max(200), bytes: Bytes }),
  z.object({ kind: z.literal('hall-state') }),
  z.object({ kind: z.literal('hall-open'), opening: HallOpening }),
  z.object({ kind: z.literal('hall-close'), window: HallWindow }),
  /** The keys go to the officer's window again. */
  z.object({ kind: z.literal('hall-hand-back') }),
  z.object({ kind: z.literal('hall-plan'), display: HallState.shape.display, atStart: HallState.shape.atStart }),
  /** A process for a driver of USB tokens, which the core, a utility process itself, cannot start. Its port comes before the answer. */
  z.object({ kind: z.literal('start-driver') }),
  /** At once: it hangs, or is done. */
  z.object({ kind: z.literal('end-driver'), driver: z.number().int() }),
])
export type HostAsk = z.infer<typeof HostAsk>

/** The answer to each kind of ask. */
export const HostAnswer = {
  'wrap-key': Bytes.nullable(),
  'unwrap-key': Bytes.nullable(),
  'list-printers': z.array(Printer),
  'print-pdf': HandedOver,
  'print-raw': HandedOver,
  'queue-job': QueueReport,
  'cancel-job': z.null(),
  'draw-pdf': GreyPage,
  'save-file': z.enum(['saved', 'cancelled']),
  'hall-state': HallState,
  'hall-open': HallState,
  'hall-close': HallState,
  'hall-hand-back': HallState,
  'hall-plan': HallState,
  'start-driver': z.object({ driver: z.number().int() }),
  'end-driver': z.null(),
} as const satisfies Record<HostAsk['kind'], z.ZodType>
export type HostAnswers = { [Kind in HostAsk['kind']]: z.infer<(typeof HostAnswer)[Kind]> }

/**
 * Shell → core. `attach-window` carries one message port, on which the core serves the contract of that window and nothing else;
 * `hall-changed`: a monitor or a window of the hall came or went.
 */
export const ToCore = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('init'), settings: CoreSettings }),
  z.object({ kind: z.literal('attach-window'), window: z.union([z.literal('counter'), HallWindow]), turned: z.boolean().default(false) }),
  z.object({ kind: z.literal('hall-changed') }),
  /** Carries one message port: the way to the process of a driver. */
  z.object({ kind: z.literal('driver-port'), driver: z.number().int() }),
  z.object({ kind: z.literal('driver-ended'), driver: z.number().int() }),
  z.object({ kind: z.literal('suspend') }),
  z.object({ kind: z.literal('lock') }),
  z.object({ kind: z.literal('shutdown') }),
  z.object({ kind: z.literal('answer'), id: z.number().int(), value: z.unknown() }),
  z.object({ kind: z.literal('refusal'), id: z.number().int(), code: Code, params: Params }),
])
export type ToCore = z.infer<typeof ToCore>

/** Core → shell. `busy` asks for patience at the end (a commit, a back-up); `fatal` means that the core cannot serve at all. */
export const FromCore = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  z.object({ kind: z.literal('fatal'), code: Code, params: Params }),
  z.object({ kind: z.literal('busy'), busy: z.boolean() }),
  z.object({ kind: z.literal('ask'), id: z.number().int(), ask: HostAsk }),
])
export type FromCore = z.infer<typeof FromCore>
