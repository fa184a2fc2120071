import { isProcedure } from '@orpc/server'
import { expect, test } from 'vitest'
import { contract } from '@contract'
import { router } from './support'

const names = (areas: object): string[] => Object.entries(areas).flatMap(([area, calls]) => Object.keys(calls as object).map((name) => `${area}.${name}`)).sort()

test('Every call of the contract has its handler, and there is no handler beside them', () => {
  expect(names(router)).toEqual(names(contract))
})

test('Every handler is one that the guard stands before', () => {
  const open = Object.entries(router).flatMap(([area, calls]) => Object.entries(calls as Record<string, unknown>)
    .filter(([, procedure]) => !isProcedure(procedure) || procedure['~orpc'].middlewares.length === 0 || procedure['~orpc'].inputValidationIndex === 0).map(([name]) => `${area}.${name}`))
  expect(open).toEqual([])
})
