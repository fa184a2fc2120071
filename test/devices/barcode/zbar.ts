import { spawnSync } from 'node:child_process'

/** Whether the machine has zbar (Debian package zbar-tools). */
export const hasZbar = (): boolean => spawnSync('zbarimg', ['--version']).status === 0

/** Status of a run in which nothing was found on some of the pictures. */
const NOT_ON_ALL = 4

/** Texts of the QR codes that zbar reads on picture files, in the order of the files; those on which it finds none are left out. */
export function qrCodesByZbar(files: readonly string[]): string[] {
  const { status, stdout, stderr } = spawnSync('zbarimg', ['-q', '--raw', '-Sdisable', '-Sqrcode.enable', ...files], { encoding: 'utf8' })
  if (status !== 0 && status !== NOT_ON_ALL) throw new Error(`zbarimg ended with ${String(status)}: ${stderr}`)
  return stdout.split('\n').filter((line) => line !== '')
}
