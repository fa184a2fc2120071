import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { startCity } from './index'
import { buildOpenApi, openApiText } from './openapi'
import { OPERATIONS, type Operation } from './operations'

const FILE = join(import.meta.dirname, 'openapi.json')

it('openapi.json is current (renew it with: npm run city -- --openapi > test/city/openapi.json)', async () => {
  expect(await readFile(FILE, 'utf8')).toBe(openApiText())
})

it('the description and the running city have the same calls', async () => {
  const city = await startCity()
  await city.close()
  const served = city.routes.filter((route) => /^\/(v1|oauth)\//.test(route.path)).map((route) => `${route.method} ${route.path.replace(/:(\w+)/g, '{$1}')}`)
  const described = Object.values<Operation>(OPERATIONS).map((operation) => `${operation.method.toUpperCase()} ${operation.path}`)
  expect(served.sort()).toEqual(described.sort())
})

it('every call describes at least one good answer and every reference leads somewhere', () => {
  const text = JSON.stringify(buildOpenApi())
  const references = [...text.matchAll(/"\$ref":"([^"]+)"/g)].map((match) => match[1])
  expect([...new Set(references)]).toEqual(['#/components/schemas/Problem'])
})
