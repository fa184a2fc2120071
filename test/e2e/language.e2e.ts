import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import en from '../../resources/locales/en/settings.json' with { type: 'json' }
import signInWords from '../../resources/locales/en/sign-in.json' with { type: 'json' }
import vi from '../../resources/locales/vi/settings.json' with { type: 'json' }
import { launchApp, type Launched } from './launch'
import { signIn } from './walk'

let counter: Launched
let folder: string

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'language-'))
  counter = await launchApp({ dataFolder: join(folder, 'data'), practice: true })
})
test.afterAll(async () => {
  await counter.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Keeps every text of the page that looks like a key of the words (`section.appearance`), however briefly it stands there. */
async function watchForKeys(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const seen = new Set<string>()
    const look = (): void => {
      for (const [text] of document.body.innerText.matchAll(/\b[a-z]+[A-Z][a-z]\w*\b|\b[a-z]\w*\.[a-zA-Z]\w+\b/gu)) seen.add(text)
    }
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true })
    Object.assign(window, { keysSeen: () => [...seen] })
  })
  return () => page.evaluate(() => (window as unknown as { keysSeen(): string[] }).keysSeen())
}

test('the language changes at once, without a key in between, and is kept for the next start', async () => {
  const { page } = counter
  await signIn(page)
  await page.keyboard.press('Alt+8')
  await page.getByRole('tab', { name: vi.section.appearance }).click()
  await expect(page.getByRole('heading', { name: vi.section.appearance })).toBeVisible()
  const keysSeen = await watchForKeys(page)
  await page.getByText('English', { exact: true }).click()
  await expect(page.getByRole('heading', { name: en.section.appearance })).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  for (const screen of ['Alt+1', 'Alt+9', 'Alt+9', 'Alt+0', 'Alt+8']) {
    await page.keyboard.press(screen)
    await page.waitForTimeout(500)
  }
  for (const section of [en.section.queue, en.section.hall]) await page.getByRole('tab', { name: section }).click()
  expect(await keysSeen()).toEqual([])

  await counter.close()
  counter = await launchApp({ dataFolder: join(folder, 'data'), practice: true })
  await expect(counter.page.locator('html')).toHaveAttribute('lang', 'en')
  await expect(counter.page.getByRole('heading', { name: signInWords.title })).toBeVisible()
})
