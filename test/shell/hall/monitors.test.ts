import { mkdtempSync, renameSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { toldMonitors } from '../../../src-main/shell/hall/monitors'

vi.mock('electron', () => ({ screen: {} }))

const monitor = { id: 'A', x: 0, y: 0, width: 100, height: 50 }

it('monitors that a file tells of follow the file, and stay when it makes no sense', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'monitors-')), 'monitors.json')
  const write = (text: string): void => {
    writeFileSync(`${file}.new`, text)
    renameSync(`${file}.new`, file)
  }
  write(JSON.stringify([{ ...monitor, primary: true }]))
  const monitors = toldMonitors(file)
  const seen: string[][] = []
  monitors.onChange(() => seen.push(monitors.all().map(({ id }) => id)))
  write('[{"id":')
  write(JSON.stringify([monitor, { ...monitor, id: 'B', x: 100 }]))
  await vi.waitUntil(() => seen.length > 0)
  expect([seen.at(-1), monitors.all()[0]]).toEqual([['A', 'B'], { id: 'A', bounds: { x: 0, y: 0, width: 100, height: 50 }, workArea: { x: 0, y: 0, width: 100, height: 50 }, primary: false, scale: 1 }])
})

it('there are none when the file is not there', () => {
  expect(toldMonitors(join(mkdtempSync(join(tmpdir(), 'monitors-')), 'none.json')).all()).toEqual([])
})
