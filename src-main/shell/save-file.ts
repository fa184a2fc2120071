import { open, rename, rm } from 'node:fs/promises'
import { extname } from 'node:path'
import { dialog, type BrowserWindow } from 'electron'
import { AppError, ERRORS } from '@contract/errors'
import type { Language } from '@contract/bridge'
import en from '@resources/locales/en/shell.json'
import vi from '@resources/locales/vi/shell.json'

/** A file name without what a file system or a shell could misread; the suggestion comes from the core and may hold a dossier's code. */
export function safeFileName(suggested: string): string {
  const name = suggested.normalize('NFC').replace(/[\p{Cc}\p{Cf}<>:"/\\|?*]/gu, '-').replace(/^[.\s]+|[.\s]+$/g, '')
  return name === '' ? 'mot-cua' : name.slice(0, 120)
}

/** Asks where to save and writes the file whole or not at all. Throws LUU-013 (disk full) or LUU-014 (folder read-only). */
export async function saveFile(window: BrowserWindow, file: { suggestedName: string; bytes: Uint8Array }, language: Language): Promise<'saved' | 'cancelled'> {
  const words = language === 'vi' ? vi : en
  const name = safeFileName(file.suggestedName)
  const extension = extname(name).slice(1)
  const filters = extension === '' ? [] : [{ name: extension === 'pdf' ? words.pdf : words.anyFile, extensions: [extension] }]
  const chosen = await dialog.showSaveDialog(window, { title: words.save, defaultPath: name, filters, properties: ['showOverwriteConfirmation', 'createDirectory'] })
  if (chosen.canceled || chosen.filePath === '') return 'cancelled'
  await writeWhole(chosen.filePath, file.bytes)
  return 'saved'
}

/** Writes beside the target, syncs, and renames. */
export async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const working = `${path}.part`
  try {
    const handle = await open(working, 'w')
    try {
      await handle.writeFile(bytes)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(working, path)
  } catch (error) {
    await rm(working, { force: true }).catch(() => undefined)
    throw new AppError(codeOf(error), {}, { cause: error })
  }
}

function codeOf(error: unknown) {
  const code = error instanceof Error && 'code' in error ? error.code : ''
  if (code === 'ENOSPC' || code === 'EDQUOT') return ERRORS.storage.diskFull
  return code === 'EACCES' || code === 'EPERM' || code === 'EROFS' ? ERRORS.storage.readOnlyFolder : ERRORS.storage.unexpected
}
