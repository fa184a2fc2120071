import { lint } from './lib/checks.mjs'
import { runMain } from './lib/say.mjs'
import { setUp } from './lib/setup.mjs'

await runMain(async () => {
  await setUp()
  return (await lint(process.argv.slice(2))) ? 0 : 1
})
