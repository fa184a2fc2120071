import { describe, it } from 'vitest'
import { vectorChecks } from '../vectors/lds'

describe('published examples of the MRZ and the data groups', () => {
  it.each(vectorChecks)('$name', async ({ run }) => run())
})
