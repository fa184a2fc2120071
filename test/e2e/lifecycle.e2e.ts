import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { launchApp, type Launched } from './launch'

let launched: Launched
let folder: string

test.beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lifecycle-'))
  launched = await launchApp({ dataFolder: join(folder, 'data') })
  await launched.page.evaluate(() => {
    const states: string[] = []
    Object.assign(window, { seenStates: states, portsSeen: 0 })
    window.addEventListener('message', (event: MessageEvent<{ kind?: string }>) => {
      if (event.data?.kind === 'motcua:port') Object.assign(window, { portsSeen: Number(Reflect.get(window, 'portsSeen')) + 1 })
    })
    window.motcua?.onCoreState((state) => states.push(state))
  })
})
test.afterEach(async () => {
  await launched.close()
  rmSync(folder, { recursive: true, force: true })
})

const corePid = (): Promise<number> =>
  launched.app.evaluate(({ app }) => app.getAppMetrics().find((metric) => metric.type === 'Utility' && metric.name === 'mot-cua core')?.pid ?? 0)
const states = (): Promise<string[]> => launched.page.evaluate(() => Reflect.get(window, 'seenStates') as string[])
const lastState = async (): Promise<string | undefined> => (await states()).at(-1)
const portsSeen = (): Promise<number> => launched.page.evaluate(() => Number(Reflect.get(window, 'portsSeen')))

test('a core that is killed comes back, the window is told and gets a new port', async () => {
  await expect.poll(lastState).toBe('ready')
  const ports = await portsSeen()
  const before = await corePid()
  process.kill(before, 'SIGKILL')
  await expect.poll(portsSeen, { timeout: 20_000 }).toBe(ports + 1)
  await expect.poll(async () => (await states()).slice(-3), { timeout: 20_000 }).toEqual(['ready', 'restarting', 'ready'])
  expect(await corePid()).not.toBe(before)
})

test('a core that falls five times is given up in words, and opens again on request', async () => {
  await expect.poll(lastState).toBe('ready')
  for (let round = 0; round < 5; round += 1) {
    await expect.poll(corePid, { timeout: 15_000 }).toBeGreaterThan(0)
    process.kill(await corePid(), 'SIGKILL')
    await expect.poll(() => launched.log.filter((line) => line.includes('shell.core-ended')).length).toBe(round + 1)
  }
  await launched.page.waitForURL(/fatal\.html$/, { timeout: 20_000 })
  await expect(launched.page.getByRole('alert')).toContainText('Phần lõi của Một Cửa dừng nhiều lần liền')
  await launched.page.keyboard.press('Enter')
  await launched.page.waitForURL(/index\.html/, { timeout: 20_000 })
  await expect.poll(corePid).toBeGreaterThan(0)
})

test('practice is another folder, entered and left without a new start', async () => {
  await launched.page.evaluate(() => window.motcua?.togglePractice())
  await launched.page.waitForURL(/mode=practice/, { timeout: 20_000 })
  expect(await launched.page.evaluate(() => window.motcua?.practice)).toBe(true)
  await launched.page.evaluate(() => window.motcua?.togglePractice())
  await launched.page.waitForURL(/mode=work/, { timeout: 20_000 })
  expect(await launched.page.evaluate(() => window.motcua?.practice)).toBe(false)
})
