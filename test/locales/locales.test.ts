import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ERRORS } from '@contract/errors'

const root = join(import.meta.dirname, '..', '..')
const localesFolder = join(root, 'resources', 'locales')
const rendererFolder = join(root, 'src-renderer')

type Words = Readonly<Record<string, string>>

/** `{ a: { b: 'x' } }` → `{ 'a.b': 'x' }`. */
function flat(value: unknown, path = ''): Words {
  if (typeof value === 'string') return { [path]: value }
  if (typeof value !== 'object' || value === null) throw new Error(`${path} is neither words nor a group of words`)
  return Object.fromEntries(Object.entries(value).flatMap(([key, inner]) => Object.entries(flat(inner, path === '' ? key : `${path}.${key}`))))
}

const wordsOf = (language: string, file: string): Words => flat(JSON.parse(readFileSync(join(localesFolder, language, file), 'utf8')))
const filesOf = (language: string): string[] => readdirSync(join(localesFolder, language)).filter((name) => name.endsWith('.json')).sort()
const placeholders = (text: string): string[] => [...text.matchAll(/\{\{\s*([\w.]+)[^}]*\}\}/gu)].map((match) => match[1] ?? '').sort()
/** English has plural forms where Vietnamese has one: `minutes_one` and `minutes_other` count as `minutes`. */
const singular = (key: string): string => key.replace(/_(?:zero|one|two|few|many|other)$/u, '')

const files = filesOf('vi')

describe('the words of the screens', () => {
  test('English has the same files as Vietnamese', () => {
    expect(filesOf('en')).toEqual(files)
  })

  test.each(files)('%s has the same keys in both languages', (file) => {
    const keysOf = (language: string): string[] => [...new Set(Object.keys(wordsOf(language, file)).map(singular))].sort()
    expect(keysOf('en')).toEqual(keysOf('vi'))
  })

  test.each(files)('%s has the same placeholders in both languages', (file) => {
    const [vi, en] = [wordsOf('vi', file), wordsOf('en', file)]
    const vietnamese = new Map(Object.entries(vi).map(([key, text]) => [singular(key), placeholders(text)]))
    const different = Object.entries(en).filter(([key, text]) => JSON.stringify(placeholders(text)) !== JSON.stringify(vietnamese.get(singular(key))))
    expect(different.map(([key]) => key)).toEqual([])
  })

  test.each(files)('%s leaves no sentence empty', (file) => {
    const empty = ['vi', 'en'].flatMap((language) => Object.entries(wordsOf(language, file)).filter(([, text]) => text.trim() === ''))
    expect(empty).toEqual([])
  })

  test.each(files)('%s has none of the words that ui.md forbids', (file) => {
    const forbidden = /(?<![\p{L}\p{M}])(?:bạn|vui lòng|xin lỗi|thất bại|lỗi hệ thống)(?![\p{L}\p{M}])|!/iu
    // Mẫu 04 is a letter of apology by its name; the program itself says sorry to nobody.
    const ofForm = /(?:văn bản|thư) xin lỗi|xin lỗi,? (?:hẹn lại|gia hạn|và gia hạn|và đề nghị gia hạn)/giu
    const found = Object.entries(wordsOf('vi', file)).filter(([, text]) => forbidden.test(text.replace(ofForm, '')))
    expect(found).toEqual([])
  })

  test.each(files)('%s says "không hợp lệ" of signatures only', (file) => {
    const found = Object.entries(wordsOf('vi', file)).filter(([key, text]) => /không hợp lệ/iu.test(text) && !/signature|chữ ký/iu.test(key + text))
    expect(found).toEqual([])
  })

  test.each(files)('%s is written in composed letters', (file) => {
    const decomposed = Object.entries(wordsOf('vi', file)).filter(([, text]) => text !== text.normalize('NFC'))
    expect(decomposed).toEqual([])
  })
})

describe('the sentences of the errors', () => {
  const codes = Object.values(ERRORS).flatMap((area) => Object.values<string>(area))

  test.each(['vi', 'en'])('every code says what happened, what it means and what to do (%s)', (language) => {
    const words = wordsOf(language, 'errors.json')
    const missing = codes.flatMap((code) => ['what', 'effect', 'next'].map((part) => `${code}.${part}`)).filter((key) => words[key] === undefined)
    expect(missing).toEqual([])
  })

  test('no sentence is left of a code that is gone', () => {
    const told = new Set(Object.keys(wordsOf('vi', 'errors.json')).filter((key) => !key.startsWith('param.')).map((key) => key.slice(0, key.lastIndexOf('.'))))
    expect([...told].filter((code) => !codes.includes(code))).toEqual([])
  })
})

type Use = Readonly<{ file: string; namespaces: readonly string[]; key: string }>

const sourceOf = (file: string): string => readFileSync(join(rendererFolder, file), 'utf8')

/** Namespaces that a source file asks for by `useTranslation('x')`, `useTranslation(['x', 'y'])` or `TFunction<'x'>`. */
function namespacesOf(file: string): string[] {
  const asked = sourceOf(file).matchAll(/(?:useTranslation\(|TFunction<)(?:'([\w-]+)'|\[([^\]]*)\])/gu)
  return [...asked].flatMap((match) => match[1] ?? [...(match[2] ?? '').matchAll(/'([\w-]+)'/gu)].map((inner) => inner[1] ?? ''))
}

/** Every literal key of a file. A file that is handed its `t` belongs to the namespaces of its folder. */
function usesOf(file: string, _index: number, all: readonly string[]): readonly Use[] {
  const source = sourceOf(file)
  const named = namespacesOf(file)
  const own = named.length > 0 ? named : all.filter((other) => dirname(other) === dirname(file)).flatMap(namespacesOf)
  const calls = source.matchAll(/(?<![\w.])(?:t|i18next\.t)\(\s*'([^']+)'(?:,\s*\{([^}]*)\})?/gu)
  return [...calls].flatMap(([, key = '', options = '']) => {
    // Up to the first bracket only: what stands in it belongs to a call inside this one.
    const asked = /^[^(]*\bns:\s*'([\w-]+)'/u.exec(options)?.[1]
    const [before, after] = key.split(':')
    if (after !== undefined) return [{ file, namespaces: [before ?? ''], key: after }]
    return [{ file, namespaces: asked === undefined ? (own.length > 0 ? own : ['common']) : [asked], key }]
  })
}

describe('the keys that the screens ask for', () => {
  const sources = readdirSync(rendererFolder, { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/u.test(name))
  const uses = sources.flatMap(usesOf)

  test('there are keys to look at', () => {
    expect(uses.length).toBeGreaterThan(50)
  })

  test('each one is in the words of its namespace', () => {
    const words = new Map(files.map((file) => [file.slice(0, -'.json'.length), new Set(Object.keys(wordsOf('vi', file)).map(singular))]))
    const missing = uses.filter(({ namespaces, key }) => !namespaces.some((name) => words.get(name)?.has(key) === true))
    expect(missing.map(({ file, key }) => `${file}: ${key}`)).toEqual([])
  })
})
