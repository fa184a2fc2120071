import { describe, expect, it } from 'vitest'
import { calm, chaos, judge, peace, picture, workOff } from './ward'
import { World } from './world'

const SEEDS = Number(process.env['MOTCUA_QUEUE_SEEDS'] ?? 1000)
const FIRST = Number(process.env['MOTCUA_QUEUE_FIRST'] ?? 1)

/** A day under a seed: mishaps, then peace, then everybody is served. What went wrong, or nothing. */
function day(seed: number, tell?: (world: World, outcomes: ReadonlyMap<string, number>, papers: number) => void): readonly string[] {
  const world = new World(seed, 2 + (seed % 4))
  const hall = chaos(world, 14_000)
  peace(world)
  world.run(3000)
  if (!world.until(() => calm(world), 60_000)) return [...world.flaws, `never the same everywhere: ${world.machines.map((machine) => picture(machine).slice(0, 300)).join('\n')}`]
  workOff(world, hall)
  tell?.(world, hall.outcomes, hall.papers.size)
  if (!world.until(() => calm(world), 10_000)) return [...world.flaws, 'not the same everywhere after the last number']
  return judge(world, hall)
}

describe('Counters on a network that drops, delays, repeats and cuts, on machines that die', () => {
  it(`give no number twice, serve none twice, forget none, and come to the same view (${SEEDS} days)`, () => {
    const flaws: string[] = []
    const totals = new Map<string, number>()
    let papers = 0
    let deaths = 0
    for (let seed = FIRST; seed < FIRST + SEEDS && flaws.length < 5; seed++) {
      flaws.push(...day(seed, (world, outcomes, count) => {
        papers += count
        deaths += world.deaths
        for (const [word, times] of outcomes) totals.set(word, (totals.get(word) ?? 0) + times)
      }).slice(0, 3).map((flaw) => `seed ${seed}: ${flaw}`))
    }
    if (process.env['MOTCUA_QUEUE_TELL']) console.log({ papers, deaths, ...Object.fromEntries([...totals].sort()) })
    expect(flaws).toEqual([])
    expect(papers).toBeGreaterThan(0)
  }, 600_000)
})
