import { bundle } from './lib/bundle.mjs'
import { exitOf, start } from './lib/children.mjs'
import { projectRoot } from './lib/files.mjs'
import { runMain } from './lib/say.mjs'

// Makes the invented papers of practice mode's scanner anew: `node scripts/practice-scans.mjs`. Wants poppler's pdftoppm.
await runMain(async () => exitOf(start(process.execPath, [await bundle('test/devices/practice-scans/make.ts')], { cwd: projectRoot, stdio: 'inherit' })))
