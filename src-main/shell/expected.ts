import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Expected } from '@contract/bridge'
import type { KeyStore } from './key-store'

/** The file whose presence makes a data folder a set-up one (`storage` owns it; a test holds the two together). */
export const KEY_FILE = 'key.json'

/** Foresees from the files alone what the core will find, so that the page can offer the sign-in meanwhile. */
export function expected(dataFolder: string, keys: Pick<KeyStore, 'name'>): Expected {
  return keys.name === 'none' && existsSync(join(dataFolder, KEY_FILE)) ? 'locked' : 'anything'
}

/** The same for the practice ward: once made, its invented officers are known without the core. */
export function expectedPractice(dataFolder: string): Expected {
  return existsSync(join(dataFolder, KEY_FILE)) ? 'practice' : 'anything'
}
