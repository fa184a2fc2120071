import { describe, it } from 'vitest'
import { vectorChecks as activeAuthentication } from '../vectors/active-authentication'
import { vectorChecks as chipAuthentication } from '../vectors/chip-authentication'
import { vectorChecks as cam } from '../vectors/pace-cam'
import { vectorChecks as generic } from '../vectors/pace-gm'
import { vectorChecks as integrated } from '../vectors/pace-im'

describe('published examples', () => {
  for (const { name, run } of [...generic, ...integrated, ...cam, ...chipAuthentication, ...activeAuthentication]) it(name, run)
})
