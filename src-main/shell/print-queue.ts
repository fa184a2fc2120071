import { AppError, ERRORS } from '@contract/errors'
import type { HandedOver, HostAsk, Printer } from '@contract/host'
import { saidBy } from './cups'
import { cupsMedia } from './paper-size'

export type PrintJob = Extract<HostAsk, { kind: 'print-pdf' }>

/** Arguments of CUPS' `lp` that print a PDF from standard input at its own size. The title says nothing of what it is: everybody sees the list of a queue. */
export function lpArguments(job: Pick<PrintJob, 'bytes' | 'printer' | 'paper' | 'copies'>): string[] {
  const queue = job.printer === null ? [] : ['-d', job.printer]
  return [...queue, '-n', String(job.copies), '-t', 'mot-cua', '-o', `media=${cupsMedia(job.paper, job.bytes)}`, '-o', 'print-scaling=none', '-']
}

/** Throws IN-002 when the named printer is not on this machine, or none is named and there is none. */
export function assertPrinter(job: Pick<PrintJob, 'printer'>, printers: readonly Printer[]): void {
  const known = job.printer === null ? printers.length > 0 : printers.some((printer) => printer.name === job.printer)
  if (!known) throw new AppError(ERRORS.paper.printerMissing, job.printer === null ? {} : { printer: job.printer })
}

/** The queue's name of a job, from what `lp` says in the C locale: "request id is Q-12 (0 file(s))". */
export const jobNameIn = (said: string): string | null => /^request id is (\S+-\d+)(?:\s|$)/m.exec(said)?.[1] ?? null

/**
 * Hands the PDF's own bytes to the system's queue without a dialog and without a file of ours.
 * @param command `lp`; another one in tests
 * @returns null when there is no such command here
 */
export const printByQueue = (job: PrintJob, command = 'lp'): Promise<HandedOver | null> => handOver(command, lpArguments(job), job.bytes)

/** Hands over bytes in the printer's own language, past every filter. @returns null as above */
export const printRaw = ({ bytes, printer }: Readonly<{ bytes: Uint8Array; printer: string }>, command = 'lp'): Promise<HandedOver | null> =>
  handOver(command, ['-d', printer, '-t', 'mot-cua', '-o', 'raw', '-'], bytes)

async function handOver(command: string, args: readonly string[], bytes: Uint8Array): Promise<HandedOver | null> {
  const said = await saidBy(command, args, bytes).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw failed(error)
  })
  if (said === null) return null
  if (said.code !== 0) throw failed(new Error(`lp ended with ${String(said.code)}`))
  const queued = jobNameIn(said.text)
  return queued === null ? 'printed' : { queued }
}

function failed(cause: unknown): AppError {
  return new AppError(ERRORS.paper.printFailed, {}, { cause })
}
