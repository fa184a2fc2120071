import { resolve } from 'node:path'
import { defineConfig } from 'vitest/config'
import { nativeEnv } from './scripts/lib/native-binding.mjs'
import { sqliteBinding } from './scripts/lib/sqlite-binding.mjs'

const root = import.meta.dirname
const binding = sqliteBinding(process.versions)

export default defineConfig({
  resolve: {
    alias: {
      '@contract': resolve(root, 'src-preload/contract'),
      '@resources': resolve(root, 'resources'),
    },
  },
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    exclude: ['test/e2e/**'],
    env: { TZ: 'UTC', ...(binding ? { MOTCUA_SQLITE_BINDING: binding } : {}), ...nativeEnv() },
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
  },
})
