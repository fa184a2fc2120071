import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from '@playwright/test'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

export type Finding = Readonly<{ id: string; where: string }>

/** What an independent checker holds against the page (WCAG 2.2 A and AA). */
export async function findings(page: Page): Promise<Finding[]> {
  await page.waitForTimeout(600)
  await page.evaluate(axe)
  return page.evaluate(async () => {
    const checker = Reflect.get(window, 'axe') as { run(options: unknown): Promise<{ violations: { id: string; nodes: { target: unknown[] }[] }[] }> }
    const { violations } = await checker.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })
    return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => ({ id, where: String(target[0]) })))
  })
}
