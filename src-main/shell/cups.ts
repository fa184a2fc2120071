import { spawn } from 'node:child_process'
import { request, type RequestOptions } from 'node:http'
import type { QueueReport } from '@contract/printing'
import { ippAnswer, type IppAnswer, ippRequest, type IppRequest, OPERATION } from './ipp'
import { reportOf } from './queue-words'

/** Longer than a spooler on a busy machine takes; the window does not wait for it (ms). */
const ANSWER_MS = 5_000
const MOST_BYTES = 1024 * 1024

/** The queue and the number in a job's name, "Q-2-17". */
export function jobOf(name: string): Readonly<{ queue: string; number: string }> | null {
  const found = /^(.+)-(\d+)$/.exec(name)
  return found?.[1] === undefined || found[2] === undefined ? null : { queue: found[1], number: found[2] }
}

/** Where CUPS listens, as `lpstat -H` says: a socket, or host and port. */
export function serverOf(said: string): RequestOptions {
  const line = said.trim()
  if (line.startsWith('/')) return { socketPath: line }
  const found = /^\[?([^\]]*?)\]?(?::(\d+))?$/.exec(line)
  return { host: found?.[1] || 'localhost', port: Number(found?.[2] ?? 631) }
}

/** What a command of CUPS says, in its own language; "" where there is none. */
export function saidBy(command: string, args: readonly string[], input?: Uint8Array): Promise<Readonly<{ code: number | null; text: string }>> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'ignore'], env: { ...process.env, LC_ALL: 'C' } })
    let text = ''
    child.stdout.setEncoding('utf8').on('data', (piece: string) => { text += piece })
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, text }))
    // A command that ends early closes its input; its exit code tells the story.
    child.stdin.on('error', () => undefined)
    child.stdin.end(input)
  })
}

function post(server: RequestOptions, path: string, body: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const asked = request({ ...server, path, method: 'POST', timeout: ANSWER_MS, headers: { 'Host': 'localhost', 'Content-Type': 'application/ipp', 'Content-Length': body.length } }, (response) => {
      const parts: Buffer[] = []
      let size = 0
      response.on('data', (part: Buffer) => {
        size += part.length
        if (size > MOST_BYTES) response.destroy(new Error('an answer too long'))
        else parts.push(part)
      })
      response.on('error', reject)
      response.on('end', () => (response.statusCode === 200 ? resolve(Buffer.concat(parts)) : reject(new Error(`http ${String(response.statusCode)}`))))
    })
    asked.on('timeout', () => asked.destroy(new Error('no answer')))
    asked.on('error', reject)
    asked.end(body)
  })
}

async function ask(server: RequestOptions, path: string, wish: IppRequest): Promise<IppAnswer> {
  const answer = ippAnswer(await post(server, path, ippRequest(wish)))
  if (answer === null) throw new Error('no answer of IPP')
  return answer
}

const JOB_WANTED = ['job-state', 'job-state-reasons']
const PRINTER_WANTED = ['printer-state', 'printer-state-reasons']
const SILENT: QueueReport = { state: 'pending', reason: 'silent' }

/** What became of a job of CUPS. Never throws: a spooler that says nothing is "silent". @param name as `lp` gave it, "Q-12" */
export async function askQueue(name: string): Promise<QueueReport> {
  const job = jobOf(name)
  if (job === null) return { state: 'gone', reason: null }
  try {
    const server = serverOf((await saidBy('lpstat', ['-H'])).text)
    const queuePath = `/printers/${encodeURIComponent(job.queue)}`
    const [ofJob, ofPrinter] = await Promise.all([
      ask(server, '/jobs/', { operation: OPERATION.getJobAttributes, target: { name: 'job-uri', uri: `ipp://localhost/jobs/${job.number}` }, wanted: JOB_WANTED }),
      ask(server, queuePath, { operation: OPERATION.getPrinterAttributes, target: { name: 'printer-uri', uri: `ipp://localhost${queuePath}` }, wanted: PRINTER_WANTED }),
    ])
    return reportOf(ofJob, ofPrinter)
  } catch {
    return SILENT
  }
}

/** Takes a job out of its queue; one that is through already stays so. */
export async function cancelJob(name: string): Promise<void> {
  if (jobOf(name) !== null) await saidBy('cancel', [name]).catch(() => undefined)
}
