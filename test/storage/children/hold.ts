/** Opens a store, says so, and keeps it until it is killed. */
import { writeSync } from 'node:fs'
import { openStore, silent, systemClock } from '../../../src-main/storage'

const [folder = '', migrationsFolder = '', nativeBinding] = process.argv.slice(2)
openStore({ folder, key: Buffer.alloc(32, 7), migrationsFolder, nativeBinding: nativeBinding || undefined, clock: systemClock, log: silent })
writeSync(1, 'open\n')
setInterval(() => undefined, 60_000)
