import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Package sane-utils: SANE's test backend is a real scanner driver. */
export const haveSane = (() => {
  try {
    execFileSync('scanimage', ['-V'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
})()
/** Package sane-airscan: a client for eSCL that nobody here wrote. */
export const haveAirscan = haveSane && ['/usr/lib/x86_64-linux-gnu/sane/libsane-airscan.so.1', '/usr/lib/aarch64-linux-gnu/sane/libsane-airscan.so.1', '/usr/lib64/sane/libsane-airscan.so.1'].some(existsSync)

export type SaneTestOptions = Readonly<{
  /** Backends to load. */
  backends?: readonly string[]
  /** Lines of test.conf, e.g. `read-status-code "SANE_STATUS_JAMMED"`. */
  lines?: readonly string[]
}>

/** A private SANE configuration whose test scanner takes A4 paper up to 600 dpi. Gives the folder for SANE_CONFIG_DIR. */
export function saneConfig({ backends = ['test'], lines = [] }: SaneTestOptions = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'sane-'))
  writeFileSync(join(folder, 'dll.conf'), `${backends.join('\n')}\n`)
  const base = [
    'number_of_devices 1', 'mode Color', 'depth 8', 'resolution_min 50.0', 'resolution_max 600.0', 'resolution_quant 1.0', 'resolution 300.0',
    'test-picture "Color pattern"', 'geometry_min 0.0', 'geometry_max 300.0', 'geometry_quant 0.1', 'br_x 210.0', 'br_y 297.0',
  ]
  writeFileSync(join(folder, 'test.conf'), `${[...base, ...lines].join('\n')}\n`)
  return folder
}

/** A configuration for sane-airscan that knows one server and asks no network. */
export function airscanConfig(name: string, url: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'airscan-'))
  writeFileSync(join(folder, 'dll.conf'), 'airscan\n')
  writeFileSync(join(folder, 'airscan.conf'), `[devices]\n"${name}" = ${url}, eSCL\n[options]\ndiscovery = disable\npretend-local = true\n`)
  return folder
}

/** A program in the place of scanimage: a shell script, or scanimage itself with more arguments. */
export function scanimageLike(script: string): string {
  const path = join(mkdtempSync(join(tmpdir(), 'scanimage-')), 'scanimage')
  writeFileSync(path, `#!/bin/sh\n${script}\n`)
  chmodSync(path, 0o755)
  return path
}
