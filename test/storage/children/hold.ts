/** Opens a store, says so, and keeps it until it is killed. */
import { writeSync } from 'node:fs'
import { openStore, silent, systemClock } from '../../../src-main/storage'

const [folder = '', migrationsFolder = '', nativeBinding] = process.argv.slice(2)
const store = openStore({ folder, key: Buffer.alloc(32, 7), migrationsFolder, nativeBinding: nativeBinding || undefined, clock: systemClock, log: silent })
writeSync(1, 'open\n')
// Still named here: a store that nobody has any more is collected, and its lock goes with it.
setInterval(() => store.leftRunning, 60_000)
