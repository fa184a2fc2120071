import { build } from './lib/build.mjs'
import { runMain } from './lib/say.mjs'
import { setUp } from './lib/setup.mjs'

await runMain(async () => {
  await setUp()
  await build()
})
