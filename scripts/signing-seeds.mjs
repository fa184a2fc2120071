import { bundle } from './lib/bundle.mjs'
import { exitOf, start } from './lib/children.mjs'
import { projectRoot } from './lib/files.mjs'
import { runMain } from './lib/say.mjs'

// Makes the signed files anew that the fuzzer of the validator begins with (needs openssl): `node scripts/signing-seeds.mjs`.
await runMain(async () => exitOf(start(process.execPath, [await bundle('test/signing/validate/seeds/make.ts')], { cwd: projectRoot, stdio: 'inherit' })))
