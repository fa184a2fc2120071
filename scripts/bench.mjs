import { build } from './lib/build.mjs'
import { bundle } from './lib/bundle.mjs'
import { exitOf, start } from './lib/children.mjs'
import { display } from './lib/display.mjs'
import { projectRoot } from './lib/files.mjs'
import { runMain } from './lib/say.mjs'
import { appEnv, bindingEnv, setUp } from './lib/setup.mjs'

await runMain(async () => {
  const { electron } = await setUp()
  await build()
  const program = await bundle('bench/main.ts')
  const screen = await display()
  const child = start(process.execPath, [program, ...process.argv.slice(2)], {
    cwd: projectRoot, stdio: 'inherit', env: { ...process.env, ...screen.env, ...bindingEnv(process.versions), ...appEnv(electron) },
  })
  const code = await exitOf(child)
  await screen.close()
  return code
})
