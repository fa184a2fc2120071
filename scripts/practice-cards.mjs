import { bundle } from './lib/bundle.mjs'
import { exitOf, start } from './lib/children.mjs'
import { projectRoot } from './lib/files.mjs'
import { runMain } from './lib/say.mjs'

// Makes the invented cards of practice mode anew: `node scripts/practice-cards.mjs`.
await runMain(async () => exitOf(start(process.execPath, [await bundle('test/devices/practice-cards/make.ts')], { cwd: projectRoot, stdio: 'inherit' })))
