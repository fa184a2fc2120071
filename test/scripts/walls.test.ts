import { ESLint, Linter } from 'eslint'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '..', '..')
const eslint = new ESLint({ cwd: root })

/** What the walls alone say about one line of code in a file of that name. */
async function wallsOn(file: string, code: string): Promise<string[]> {
  const config = (await eslint.calculateConfigForFile(join(root, file))) as { rules?: Linter.RulesRecord }
  const wall = config.rules?.['no-restricted-imports']
  if (wall === undefined) throw new Error(`no wall for ${file}`)
  return new Linter().verify(code, { languageOptions: { sourceType: 'module' }, rules: { 'no-restricted-imports': wall } }).map((found) => found.message)
}

describe('the walls of the house', () => {
  it.each([
    ['src-main/core/entry.ts', "import { app } from 'electron'"],
    ['src-main/storage/store.ts', "import { app } from 'electron'"],
    ['src-renderer/app/main.tsx', "import { ipcRenderer } from 'electron'"],
    ['src-preload/bridge.ts', "import { shell } from 'electron'"],
    ['src-preload/contract/index.ts', "import { ipcRenderer } from 'electron'"],
    ['src-main/sync/outbox.ts', "import { usb } from 'usb'"],
    ['src-main/shell/index.ts', "import { usb } from 'usb'"],
    ['src-renderer/app/main.tsx', "import { join } from 'node:path'"],
    ['src-renderer/app/main.tsx', "import { join } from 'fs/promises'"],
    ['src-renderer/app/main.tsx', "import { x } from '../../src-main/core/x'"],
    ['src-preload/contract/index.ts', "import { x } from '../../src-main/core/x'"],
    ['src-preload/contract/index.ts', "import { readFile } from 'node:fs'"],
    ['src-preload/contract/index.ts', "import { os } from '@orpc/server'"],
    ['src-main/storage/store.ts', "import { x } from '../sync/index'"],
    ['src-main/audit/chain.ts', "import { x } from '../core/log'"],
    ['src-main/sync/outbox.ts', "import { x } from '../intake/states'"],
  ])('in %s refuse: %s', async (file, code) => {
    expect(await wallsOn(file, code)).not.toEqual([])
  })

  it.each([
    ['src-main/shell/index.ts', "import { app } from 'electron'"],
    ['src-preload/bridge.ts', "import { contextBridge, ipcRenderer } from 'electron'"],
    ['src-main/readers/ccid.ts', "import { usb } from 'usb'"],
    ['src-preload/contract/call.ts', "import { z } from 'zod'"],
    ['src-preload/contract/call.ts', "import { oc } from '@orpc/contract'"],
    ['src-preload/contract/call.ts', "import { x } from './errors'"],
    ['src-renderer/app/main.tsx', "import { x } from '@contract'"],
    ['src-main/sync/outbox.ts', "import { x } from '../storage'"],
    ['src-main/sync/outbox.ts', "import { x } from '../storage/index'"],
    ['src-main/intake/commit.ts', "import { x } from './rules/storage'"],
  ])('in %s allow: %s', async (file, code) => {
    expect(await wallsOn(file, code)).toEqual([])
  })
})
