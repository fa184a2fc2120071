import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { expect, it } from 'vitest'
import { addDossier, dropDesk, enrolled, openDesk, settled, until } from './support'
it('measure', async () => {
  const child = spawn(process.execPath, ['node_modules/.cache/citymain.mjs', '--doors'], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = await once(child.stdout, 'data')
  const city = JSON.parse(String(line)) as never as Parameters<typeof enrolled>[1]
  const desk = openDesk()
  const { sync, doors } = await enrolled(desk, city, { timing: { pollMs: 15000, receiptsMs: 60000, healthMs: 300000, ...(process.env['PAR'] ? { parallel: Number(process.env['PAR']) } : {}) } })
  await until(() => sync.status().numbersLeft >= 50)
  await sync.stop()
  for (let i = 0; i < 200; i++) await addDossier(desk, { sizes: [300_000, 300_000, 300_000], provisional: true })
  const docs = Array.from({ length: 600 }, () => new Uint8Array(randomBytes(300_000)))
  const bare = async (par: number) => {
    const t = performance.now(); let i = 0
    await Promise.all(Array.from({ length: par }, async () => { while (i < docs.length) { const d = docs[i++]; if (d) await doors.sink(d) } }))
    return performance.now() - t
  }
  const b1 = await bare(1); const b4 = await bare(4)
  const t = performance.now()
  const cpu = process.cpuUsage()
  sync.start()
  await until(() => settled(desk), 120000)
  const ms = performance.now() - t
  const used = process.cpuUsage(cpu)
  console.log({ bare1: b1, bare4: b4, sync: ms, ratio1: b1 / ms, ratio4: b4 / ms, cpuClient: (used.user + used.system) / 1000, counts: sync.status().counts })
  await sync.stop(); dropDesk(desk); child.kill()
  expect(true).toBe(true)
}, 200000)
