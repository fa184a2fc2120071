import { spawn } from 'node:child_process'
import { constants } from 'node:fs'
import { access } from 'node:fs/promises'
import { setPriority } from 'node:os'
import { posix, win32 } from 'node:path'

export type Ran = Readonly<{ code: number | null; out: string; cut: boolean }>

/** Reading waits for the window and the scanner, never the other way about. */
const BEHIND = 10

function putBehind(pid: number | undefined): void {
  try {
    if (pid !== undefined) setPriority(pid, BEHIND)
  } catch {
    // It may be over already, or a container forbids it; reading works all the same.
  }
}

/** What a child may write before it is ended, in bytes: the TSV of a page has some tens of thousands. */
const MOST_OUTPUT = 16 * 1024 * 1024

/** Only what Tesseract needs; one thread of its own, which on two cores is also the fastest. */
export function childEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = ['PATH', 'Path', 'TESSDATA_PREFIX', 'SystemRoot', 'TEMP', 'TMP', 'LD_LIBRARY_PATH']
  return { ...Object.fromEntries(kept.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]]))), LC_ALL: 'C.UTF-8', OMP_THREAD_LIMIT: '1' }
}

/** Places where the program may be, in order. Only absolute folders: what lies in the working folder is never started. */
export function placesOf(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): string[] {
  const windows = platform === 'win32'
  const path = windows ? win32 : posix
  const folders = (env['PATH'] ?? env['Path'] ?? '').split(windows ? ';' : ':').filter((folder) => path.isAbsolute(folder))
  const own = windows ? [env['ProgramFiles'], env['ProgramFiles(x86)']].flatMap((folder) => (folder === undefined ? [] : [path.join(folder, 'Tesseract-OCR')])) : []
  return [...new Set([...own, ...folders])].map((folder) => path.join(folder, windows ? 'tesseract.exe' : 'tesseract'))
}

/** Path of the machine's Tesseract; null when there is none. */
export async function findTesseract(platform: NodeJS.Platform = process.platform, env: NodeJS.ProcessEnv = process.env): Promise<string | null> {
  for (const place of placesOf(platform, env)) {
    try {
      await access(place, constants.X_OK)
      return place
    } catch {
      continue
    }
  }
  return null
}

/**
 * Runs the program without a shell and waits for its end; ending the signal kills it.
 * @throws whatever starting it throws; the signal's reason
 */
export function run(program: string, args: readonly string[], { input, signal }: Readonly<{ input?: Uint8Array; signal: AbortSignal }>): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'ignore'], env: childEnvironment(process.env), windowsHide: true, signal, killSignal: 'SIGKILL' })
    putBehind(child.pid)
    const pieces: Buffer[] = []
    let bytes = 0
    let cut = false
    child.on('error', reject)
    child.stdout.on('data', (piece: Buffer) => {
      bytes += piece.length
      if (bytes <= MOST_OUTPUT) pieces.push(piece)
      else if (!cut) {
        cut = true
        child.kill('SIGKILL')
      }
    })
    child.on('close', (code) => resolve({ code, out: Buffer.concat(pieces).toString('utf8'), cut }))
    // A child that ends early leaves its input unread; its exit code says why.
    child.stdin.on('error', () => undefined)
    child.stdin.end(input)
  })
}
