import { join } from 'node:path'
import { build } from './lib/build.mjs'
import { exitOf, start } from './lib/children.mjs'
import { projectRoot } from './lib/files.mjs'
import { runMain } from './lib/say.mjs'
import { bindingEnv, setUp } from './lib/setup.mjs'

await runMain(async () => {
  await setUp()
  await build()
  const child = start(process.execPath, [join(projectRoot, 'out', 'main', 'cli.js'), ...process.argv.slice(2)], {
    stdio: 'inherit', env: { ...process.env, ...bindingEnv(process.versions) },
  })
  return exitOf(child)
})
