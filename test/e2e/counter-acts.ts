import type { Page } from '@playwright/test'
import { signIn, type SECRETS } from './walk'

/** Gives a number at the counter on Hôm nay; `kind` and `group` by their place in the lists. */
export async function giveNumber(page: Page, kind: number, group: number, onDialog?: () => Promise<void>): Promise<void> {
  await page.getByRole('button', { name: 'Lấy số hộ' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.locator('select').nth(0).selectOption({ index: kind })
  await dialog.locator('select').nth(1).selectOption({ index: group })
  await onDialog?.()
  await page.keyboard.press('Control+Enter')
  await dialog.waitFor({ state: 'detached' })
}

/** Somebody else takes the seat: the counter is locked, then the other one signs in. */
export async function changeSeat(page: Page, who: keyof typeof SECRETS): Promise<void> {
  await page.keyboard.press('Control+l')
  await page.getByRole('heading', { name: 'Quầy đang khóa' }).waitFor()
  await page.getByRole('button', { name: 'Đổi cán bộ' }).click()
  await signIn(page, who)
}
