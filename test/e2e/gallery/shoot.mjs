// Takes pictures of the gallery: node test/e2e/gallery/shoot.mjs <out folder> [<query> …], each query as `view=parts&theme=dark&press=F1@1920x1080`.
import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { chromium } from 'playwright'
import { createServer } from 'vite'

const root = resolve(import.meta.dirname, '../../..')
const [out = join(root, 'node_modules/.cache/gallery'), ...asked] = process.argv.slice(2)
const queries = asked.length > 0 ? asked : ['parts', 'problem', 'empty', 'fields'].flatMap((view) => [`view=${view}@1366x768`, `view=${view}&theme=dark@1366x768`, `view=${view}@1920x1080`, `view=${view}&practice@1366x768`, `view=${view}@683x384`])
mkdirSync(out, { recursive: true })

const server = await createServer({
  configFile: false,
  root: join(root, 'test/e2e/gallery'),
  cacheDir: join(root, 'node_modules/.cache/gallery-vite'),
  resolve: { alias: { '@contract': join(root, 'src-preload/contract'), '@resources': join(root, 'resources') } },
  esbuild: { jsx: 'automatic' },
  server: { host: '127.0.0.1', port: 0, fs: { allow: [root] } },
  logLevel: 'warn',
})
await server.listen()
const address = server.resolvedUrls?.local[0] ?? ''
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
})
try {
  for (const query of queries) {
    const [search, size = '1366x768'] = query.split('@')
    const [width, height] = size.split('x').map(Number)
    const page = await browser.newPage({ viewport: { width, height }, locale: 'vi-VN', timezoneId: 'Asia/Ho_Chi_Minh', reducedMotion: 'reduce' })
    page.on('pageerror', (error) => console.error(query, error.message))
    page.on('console', (message) => message.type() === 'error' && console.error(query, message.text()))
    await page.goto(`${address}?${search}`)
    await page.waitForSelector('.strip:visible', { timeout: 60_000 })
    await page.waitForTimeout(900)
    for (const key of new URLSearchParams(search).getAll('press')) await page.keyboard.press(key)
    await page.waitForTimeout(150)
    const file = join(out, `${search.replaceAll(/[^a-z0-9-]+/gi, '-')}-${size}.png`)
    await page.screenshot({ path: file })
    console.log(file)
    await page.close()
  }
} finally {
  await browser.close()
  await server.close()
}
