import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Debian package socat: a pair of pseudo-terminals plays the cable of a serial reader. */
export const hasSocat = spawnSync('socat', ['-V']).status === 0

/** A cable: what is written to it comes out at `path` as from a reader; `cut` pulls it. */
export type Cable = Readonly<{ path: string; send: (bytes: Uint8Array) => Promise<void>; cut: () => Promise<void> }>

export async function plugIn(): Promise<Cable> {
  const folder = mkdtempSync(join(tmpdir(), 'motcua-cable-'))
  const [ours, theirs] = [join(folder, 'reader'), join(folder, 'port')]
  const socat = spawn('socat', ['-d', '-d', `pty,raw,echo=0,link=${ours}`, `pty,raw,echo=0,link=${theirs}`], { stdio: ['ignore', 'ignore', 'pipe'] })
  await new Promise<void>((resolve, reject) => {
    let told = ''
    socat.stderr.on('data', (bytes: Buffer) => {
      told += bytes.toString()
      if (told.includes('starting data transfer')) resolve()
    })
    socat.once('error', reject)
    socat.once('exit', () => reject(new Error(`socat: ${told}`)))
  })
  // The package locks and names the terminal itself, not the link to it.
  const path = realpathSync(theirs)
  const reader: FileHandle = await open(realpathSync(ours), 'r+')
  let cut = false
  return {
    path,
    send: async (bytes) => {
      // The line takes what fits.
      for (let at = 0; at < bytes.length;) at += (await reader.write(bytes, at)).bytesWritten
    },
    cut: async () => {
      if (cut) return
      cut = true
      const ended = new Promise((resolve) => socat.once('exit', resolve))
      await reader.close()
      socat.kill()
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
