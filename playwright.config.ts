import { defineConfig } from '@playwright/test'

export default defineConfig({
  testDir: 'test/e2e',
  testMatch: '**/*.e2e.ts',
  outputDir: 'node_modules/.cache/playwright',
  workers: 1,
  retries: 0,
  timeout: 90_000,
  forbidOnly: Boolean(process.env['CI']),
})
