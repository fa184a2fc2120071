import { mkdirSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { plug } from './hall-probe'
import { launchApp } from './launch'
import { signature } from './tour-signing'
import { signIn } from './walk'
const out = '/tmp/tour-signing'
mkdirSync(out, { recursive: true })
const folder = mkdtempSync(join(tmpdir(), 'zz-tour-'))
const monitors = join(folder, 'm.json')
plug(monitors, [['1', 0, 1366], ['2', 1366, 1024]])
const c = await launchApp({ dataFolder: join(folder, 'data'), practice: true, cityUrl: process.env.MOTCUA_CITY_URL ?? '', enrolment: process.env.MOTCUA_CITY_ENROLMENT ?? '', env: { MOTCUA_MONITORS: monitors } })
c.page.setDefaultTimeout(20_000)
let n = 0
const shot = async (name: string, of: Page = c.page): Promise<void> => { await of.waitForTimeout(500); n += 1; await of.screenshot({ path: join(out, `${String(n).padStart(2, '0')}-${name}.png`) }) }
try { await signIn(c.page); await signature({ app: c.app, page: c.page, shot, cityUrl: process.env.MOTCUA_CITY_URL ?? '', out }) } catch (e) {
  for (const [i, w] of c.app.windows().entries()) await w.screenshot({ path: join(out, `stopped-${i}.png`) }).catch(() => undefined)
  console.error(e); console.error(c.log.slice(-20).join('\n')); process.exitCode = 1
} finally { await c.close() }
