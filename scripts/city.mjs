import { bundle } from './lib/bundle.mjs'
import { exitOf, start } from './lib/children.mjs'
import { projectRoot } from './lib/files.mjs'
import { runMain } from './lib/say.mjs'
import { setUp } from './lib/setup.mjs'

await runMain(async () => {
  await setUp()
  const program = await bundle('test/city/main.ts')
  return exitOf(start(process.execPath, [program, ...process.argv.slice(2)], { cwd: projectRoot, stdio: 'inherit' }))
})
