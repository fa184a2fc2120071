import { setUp } from './lib/setup.mjs'
import { runMain } from './lib/say.mjs'

await runMain(async () => {
  await setUp({ insist: true })
})
