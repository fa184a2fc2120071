import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'

const resources = join(import.meta.dirname, '../../resources')
const read = (file: string): unknown => JSON.parse(readFileSync(join(resources, file), 'utf8'))

test.each(['vi', 'en'])('every theme of the comments has a name in %s', (language) => {
  const { themes } = z.object({ themes: z.array(z.object({ code: z.string() })) }).parse(read('feedback/themes.json'))
  const { themeName } = z.object({ themeName: z.record(z.string(), z.string().min(1)) }).parse(read(`locales/${language}/feedback.json`))
  expect(Object.keys(themeName).sort()).toEqual(themes.map(({ code }) => code).sort())
})
