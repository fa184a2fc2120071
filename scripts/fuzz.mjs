import { bundle } from './lib/bundle.mjs'
import { exitOf, start } from './lib/children.mjs'
import { projectRoot } from './lib/files.mjs'
import { runMain } from './lib/say.mjs'
import { setUp } from './lib/setup.mjs'

// The long run of the parsers' fuzzing: `npm run fuzz -- --inputs 1000000 --seed 7 [--only DG]`; `--only PDF` for documents.
await runMain(async () => {
  await setUp()
  return exitOf(start(process.execPath, [await bundle('test/identity/fuzz/long.ts'), ...process.argv.slice(2)], { cwd: projectRoot, stdio: 'inherit' }))
})
