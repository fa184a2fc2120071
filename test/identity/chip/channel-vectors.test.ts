import { describe, it } from 'vitest'
import { vectorChecks as bac } from '../vectors/bac'
import { vectorChecks as ciphers } from '../vectors/ciphers'
import { vectorChecks as kdf } from '../vectors/kdf'

describe('published examples', () => {
  for (const { name, run } of [...kdf, ...ciphers, ...bac]) it(name, run)
})
