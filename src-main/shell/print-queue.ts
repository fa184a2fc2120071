import { spawn } from 'node:child_process'
import { AppError, ERRORS } from '@contract/errors'
import type { HostAsk, Printer } from '@contract/host'
import { cupsMedia } from './paper-size'

export type PrintJob = Extract<HostAsk, { kind: 'print-pdf' }>

/** Arguments of CUPS' `lp` that print a PDF from standard input at its own size. */
export function lpArguments(job: Pick<PrintJob, 'bytes' | 'printer' | 'paper' | 'copies'>): string[] {
  const queue = job.printer === null ? [] : ['-d', job.printer]
  return [...queue, '-n', String(job.copies), '-t', 'mot-cua', '-o', `media=${cupsMedia(job.paper, job.bytes)}`, '-o', 'print-scaling=none', '-']
}

/** Throws IN-002 when the named printer is not on this machine, or none is named and there is none. */
export function assertPrinter(job: Pick<PrintJob, 'printer'>, printers: readonly Printer[]): void {
  const known = job.printer === null ? printers.length > 0 : printers.some((printer) => printer.name === job.printer)
  if (!known) throw new AppError(ERRORS.paper.printerMissing, job.printer === null ? {} : { printer: job.printer })
}

/**
 * Hands the PDF's own bytes to the system's queue without a dialog and without a file of ours.
 * @param command `lp`; another one in tests
 * @returns false when there is no such command here
 */
export function printByQueue(job: PrintJob, command = 'lp'): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const lp = spawn(command, lpArguments(job), { stdio: ['pipe', 'ignore', 'ignore'] })
    lp.on('error', (error) => ('code' in error && error.code === 'ENOENT' ? resolve(false) : reject(failed(error))))
    lp.on('close', (code) => (code === 0 ? resolve(true) : reject(failed(new Error(`lp ended with ${String(code)}`)))))
    // A queue that ends early closes its input; its exit code tells the story.
    lp.stdin.on('error', () => undefined)
    lp.stdin.end(job.bytes)
  })
}

function failed(cause: Error): AppError {
  return new AppError(ERRORS.paper.printFailed, {}, { cause })
}
