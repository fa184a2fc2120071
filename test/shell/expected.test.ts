import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { expected, expectedPractice, KEY_FILE } from '../../src-main/shell/expected'
import { folderState } from '../../src-main/storage'

describe('what the shell foresees of the data', () => {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'expected-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  it('is nothing in a new folder: the first run must not begin with a sign-in', () => {
    expect(folderState(folder)).toBe('empty')
    expect(expected(folder, { name: 'none' })).toBe('anything')
  })

  it('is a locked counter when the folder is set up and no key store opens it', () => {
    writeFileSync(join(folder, KEY_FILE), '{}')
    expect(folderState(folder)).toBe('ready')
    expect(expected(folder, { name: 'none' })).toBe('locked')
    expect(expected(folder, { name: 'windows' })).toBe('anything')
  })

  it('is the practice ward once it was made, and nothing before', () => {
    expect(expectedPractice(folder)).toBe('anything')
    writeFileSync(join(folder, KEY_FILE), '{}')
    expect(expectedPractice(folder)).toBe('practice')
  })

  it('is nothing where a first run broke off or the key file is gone', () => {
    writeFileSync(join(folder, 'motcua.db'), '')
    expect(folderState(folder)).toBe('key-missing')
    expect(expected(folder, { name: 'none' })).toBe('anything')
  })
})
