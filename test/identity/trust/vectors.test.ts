import { describe, it } from 'vitest'
import { vectorChecks } from '../vectors/trust'

describe('signatures of others', () => {
  it.each(vectorChecks)('hold: $name', async ({ run }) => { await run() })
})
