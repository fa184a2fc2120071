import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

const run = (program: string, ...parameters: string[]): void => void execFileSync(program, parameters, { stdio: 'pipe' })

/** Why a real small disk cannot be had here, or null when it can: only root on Linux may mount one. */
export function noSmallDisk(): string | null {
  if (process.platform !== 'linux') return 'mounting a small disk needs Linux'
  if (process.getuid?.() !== 0) return 'mounting a small disk needs root'
  const folder = mkdtempSync(join(tmpdir(), 'motcua-probe-'))
  try {
    run('mount', '-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder)
    run('umount', folder)
    return null
  } catch {
    return 'mounting was refused'
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

export interface SmallDisk {
  readonly folder: string
  makeReadOnly(): void
}

/** A disk of so many kibibytes, gone after the test. */
export function smallDisk(kibibytes: number): SmallDisk {
  const folder = mkdtempSync(join(tmpdir(), 'motcua-disk-'))
  run('mount', '-t', 'tmpfs', '-o', `size=${kibibytes}k`, 'tmpfs', folder)
  onTestFinished(() => {
    run('umount', '--lazy', folder)
    rmSync(folder, { recursive: true, force: true })
  })
  return { folder, makeReadOnly: () => run('mount', '-o', 'remount,ro', folder) }
}
