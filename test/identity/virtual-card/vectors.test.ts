import { describe, it } from 'vitest'
import { vectorChecks } from '../vectors/virtual-card'

describe('the emulated chip against published examples', () => {
  for (const { name, run } of vectorChecks) it(name, run)
})
