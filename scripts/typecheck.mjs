import { typecheck } from './lib/checks.mjs'
import { runMain } from './lib/say.mjs'
import { setUp } from './lib/setup.mjs'

await runMain(async () => {
  await setUp()
  return (await typecheck()) ? 0 : 1
})
