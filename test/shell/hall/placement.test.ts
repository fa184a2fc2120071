import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HALL_WINDOWS, type HallPlace, type HallWindow } from '@contract/hall'
import type { Panel } from '../../../src-main/shell/hall/panels'
import { plan, row, World } from './world'

const stands = ({ hall }: World): string[] => hall.open.map(({ window, place, monitor }) => `${window} ${place} ${String(monitor)}`).sort()
const done = (world: World, act: () => unknown): string[] => {
  world.acts = []
  act()
  return world.acts.map((each) => [each.do, 'stand' in each ? `${each.stand.window} ${String(each.stand.monitor)}` : 'window' in each ? each.window : 'on' in each ? each.on.id : 'to' in each ? each.to.id : ''].join(' ').trim())
}
const first = (panels: readonly Panel[]): Panel | undefined => panels[0]
const becomes = (world: World, ids: readonly string[], early = false) => () => world.become(row(...ids), first, early)

describe('the display', () => {
  it.each([
    [['A'], []],
    [['A', 'B'], ['display monitor B']],
    [['A', 'B', 'C'], ['display monitor B']],
  ])('opens by itself with monitors %o: %o', (ids, expected) => {
    expect(stands(new World(ids))).toEqual(expected)
  })

  it('stays closed when the plan says so', () => {
    expect(stands(new World(['A', 'B'], { ...plan, display: 'off' }))).toEqual([])
  })

  it('opens on the monitor it had last', () => {
    expect(stands(new World(['A', 'B', 'C'], { ...plan, monitors: { display: 'C' } }))).toEqual(['display monitor C'])
  })

  it('leaves the board its monitor', () => {
    expect(stands(new World(['A', 'B', 'C'], { display: 'auto', atStart: ['board'], monitors: { board: 'B' } }))).toEqual(['board monitor B', 'display monitor C'])
  })

  it('opens when a second monitor comes', () => {
    const world = new World(['A'])
    expect(done(world, becomes(world, ['A', 'B']))).toEqual(['open display B'])
  })

  it('closed by hand stays closed, until another monitor comes', () => {
    const world = new World(['A', 'B'])
    world.close('display')
    const after = [stands(world)]
    becomes(world, ['B', 'A'])()
    after.push(stands(world))
    becomes(world, ['A', 'B', 'C'])()
    expect([...after, stands(world)]).toEqual([[], [], ['display monitor B']])
  })

  it('comes and goes with the plan', () => {
    const world = new World(['A', 'B'])
    world.plan('off')
    const off = stands(world)
    world.plan('auto')
    expect([off, stands(world)]).toEqual([[], ['display monitor B']])
  })
})

describe('windows that open at the start', () => {
  it.each([
    [['A', 'B'], { board: 'B' }, ['board monitor B']],
    [['A', 'B'], { board: 'X' }, []],
    [['A', 'B'], {}, ['board monitor B']],
    [['A'], {}, []],
    [['A', 'B'], { board: 'A' }, []],
  ])('monitors %o, last ones %o: %o', (ids, monitors, expected) => {
    expect(stands(new World(ids, { display: 'off', atStart: ['board'], monitors }))).toEqual(expected)
  })
})

describe('opening', () => {
  it.each<[HallPlace, string | null, boolean, string[]]>([
    ['monitor', null, true, ['board monitor C', 'display monitor B']],
    ['monitor', 'C', true, ['board monitor C', 'display monitor B']],
    ['monitor', 'A', false, ['display monitor B']],
    ['monitor', 'B', false, ['display monitor B']],
    ['monitor', 'X', false, ['display monitor B']],
    ['turned', null, true, ['board turned A', 'display monitor B']],
    ['window', null, true, ['board window A', 'display monitor B']],
  ])('a board as %s on %s: %s', (place, monitor, opens, expected) => {
    const world = new World(['A', 'B', 'C'])
    expect([world.open({ window: 'board', place, monitor }), stands(world)]).toEqual([opens, expected])
  })

  it('a window elsewhere closes it first', () => {
    const world = new World(['A', 'B', 'C'])
    expect(done(world, () => world.open({ window: 'display', place: 'monitor', monitor: 'C' }))).toEqual(['close display', 'open display C'])
  })

  it('a window where it is does nothing', () => {
    const world = new World(['A', 'B'])
    expect(done(world, () => world.open({ window: 'display', place: 'monitor', monitor: null }))).toEqual([])
  })

  it('refused leaves what is open', () => {
    const world = new World(['A', 'B'])
    expect([done(world, () => world.open({ window: 'display', place: 'monitor', monitor: 'A' })), stands(world)]).toEqual([[], ['display monitor B']])
  })

  it('one turned around closes another that is', () => {
    const world = new World(['A'])
    world.open({ window: 'kiosk', place: 'turned', monitor: null })
    expect(done(world, () => world.open({ window: 'display', place: 'turned', monitor: null }))).toEqual(['close kiosk', 'open display A'])
  })
})

describe('a monitor that is unplugged', () => {
  it.each([false, true])('closes its window; it is opened anew when the monitor is back (moved before it was told: %s)', (early) => {
    const world = new World(['A', 'B', 'C'], { ...plan, display: 'off' })
    world.open({ window: 'board', place: 'monitor', monitor: 'C' })
    expect([done(world, becomes(world, ['A', 'B'], early)), done(world, becomes(world, ['A', 'B', 'C'], early)), world.wrong]).toEqual([['close board'], ['open board C'], []])
  })

  it.each([false, true])('when it is the officer’s, covers the window at once, and shows it locked where no window of the hall ever was (moved before it was told: %s)', (early) => {
    const world = new World(['A', 'B', 'C'])
    const acts = done(world, becomes(world, ['B', 'C'], early))
    expect([acts[0], acts.findLast((act) => act.startsWith('uncover')), world.locked, world.visible, stands(world), world.wrong]).toEqual(['cover', 'uncover C', true, true, ['display monitor B'], []])
  })

  it.each([false, true])('when only the display’s is left, takes that one back, locked (moved before it was told: %s)', (early) => {
    const world = new World(['A', 'B'])
    expect([done(world, becomes(world, ['B'], early)).at(0), stands(world), world.locked, world.at, world.wrong]).toEqual(['cover', [], true, 'B', []])
  })

  it('and comes back takes the officer’s window home and gives the display its own again', () => {
    const world = new World(['A', 'B'])
    becomes(world, ['B'])()
    expect([done(world, becomes(world, ['A', 'B'])), stands(world), world.wrong]).toEqual([['bring A', 'open display B'], ['display monitor B'], []])
  })

  it('locks also when the system had moved the window onto a monitor where a display was', () => {
    const world = new World(['A', 'B'])
    world.close('display')
    expect([done(world, becomes(world, ['B'], true)), world.locked]).toEqual([['cover', 'uncover B'], true])
  })

  it('with the last one covers the window until there is another', () => {
    const world = new World(['A'])
    expect([done(world, becomes(world, [])), world.visible, done(world, becomes(world, ['A'])), world.locked]).toEqual([['cover'], false, ['cover', 'uncover A'], true])
  })

  it('ends a display that was turned around on it', () => {
    const world = new World(['A', 'B'], { ...plan, display: 'off' })
    world.open({ window: 'display', place: 'turned', monitor: null })
    expect([done(world, becomes(world, ['B'])), world.locked]).toEqual([['cover', 'close display', 'uncover B'], true])
  })
})

describe('monitors that change places', () => {
  it('take their windows along; the officer’s is covered until it is on its own', () => {
    const world = new World(['A', 'B'])
    expect([done(world, () => world.swap('A', 'B')), world.at, world.locked, world.wrong]).toEqual([['cover', 'stretch display', 'uncover A'], 'A', true, []])
  })

  it('with new names are new ones', () => {
    const world = new World(['A', 'B'])
    expect([done(world, becomes(world, ['X', 'Y'])), world.locked]).toEqual([['cover', 'close display', 'uncover X', 'open display Y'], true])
  })
})

describe('a window that was dragged', () => {
  it('is covered and taken back when it is the officer’s and comes onto the display’s monitor', () => {
    const world = new World(['A', 'B'])
    expect([done(world, () => world.drag('B')), world.locked]).toEqual([['cover', 'uncover A'], true])
  })

  it('stays where the officer put it when nothing else is there', () => {
    const world = new World(['A', 'B', 'C'])
    expect([done(world, () => world.drag('C')), world.hall.officer.at, world.locked]).toEqual([[], 'C', false])
  })

  it('loses its content when it is one of the hall', () => {
    const world = new World(['A', 'B', 'C'])
    expect(done(world, () => world.moveHall('display', 'C'))).toEqual(['close display'])
  })

  it('may go anywhere when it is a plain one', () => {
    const world = new World(['A', 'B', 'C'])
    world.open({ window: 'board', place: 'window', monitor: null })
    expect([done(world, () => world.moveHall('board', 'C')), stands(world)]).toEqual([[], ['board window C', 'display monitor B']])
  })
})

const ids = ['A', 'B', 'C', 'D'] as const
const window = fc.constantFrom<HallWindow>(...HALL_WINDOWS)
const id = fc.constantFrom(...ids)
const step = fc.oneof(
  fc.record({ do: fc.constant('become' as const), ids: fc.subarray([...ids]), order: fc.nat(23), land: fc.nat(3), early: fc.boolean() }),
  fc.record({ do: fc.constant('swap' as const), one: id, other: id }),
  fc.record({ do: fc.constant('drag' as const), to: id }),
  fc.record({ do: fc.constant('move' as const), window, to: id }),
  fc.record({ do: fc.constant('open' as const), window, place: fc.constantFrom<HallPlace>('monitor', 'turned', 'window'), monitor: fc.option(id) }),
  fc.record({ do: fc.constant('close' as const), window }),
  fc.record({ do: fc.constant('plan' as const), display: fc.constantFrom('auto' as const, 'off' as const), atStart: fc.subarray([...HALL_WINDOWS]) }),
  fc.record({ do: fc.constant('unlock' as const) }),
)

function follow(world: World, each: typeof step extends fc.Arbitrary<infer Step> ? Step : never): void {
  const here = (monitor: string): boolean => world.panels.some((panel) => panel.id === monitor)
  if (each.do === 'become') {
    const shuffled = each.ids.map((name, at) => ({ name, key: (at * 7 + each.order) % 5 })).sort((one, other) => one.key - other.key).map(({ name }) => name)
    world.become(row(...shuffled), (left) => left[each.land % Math.max(1, left.length)], each.early)
  } else if (each.do === 'swap' && here(each.one) && here(each.other)) world.swap(each.one, each.other)
  else if (each.do === 'drag' && here(each.to)) world.drag(each.to)
  else if (each.do === 'move' && here(each.to)) world.moveHall(each.window, each.to)
  else if (each.do === 'open') world.open({ window: each.window, place: each.place, monitor: each.monitor })
  else if (each.do === 'close') world.close(each.window)
  else if (each.do === 'plan') world.plan(each.display, each.atStart)
  else if (each.do === 'unlock') world.unlock()
}

describe('whatever happens to monitors and windows', () => {
  it('no officer’s window stands on a monitor of the hall, and nothing of the hall is moved', () => {
    fc.assert(fc.property(fc.subarray([...ids], { minLength: 1 }), fc.array(step, { maxLength: 40 }), (begin, steps) => {
      const world = new World(begin)
      for (const each of steps) {
        follow(world, each)
        expect(world.wrong).toEqual([])
      }
    }), { numRuns: 3000 })
  })

  it('an officer’s window that lost its monitor is shown again only locked', () => {
    fc.assert(fc.property(fc.subarray([...ids], { minLength: 1 }), fc.array(step, { maxLength: 40 }), (begin, steps) => {
      const world = new World(begin)
      for (const each of steps) {
        const before = { at: world.hall.officer.at, visible: world.visible }
        follow(world, each)
        const lost = before.at !== null && !world.panels.some((panel) => panel.id === before.at)
        if (lost && before.visible) expect([world.locked, world.hall.officer.at === null ? world.visible : false]).toEqual([true, false])
      }
    }), { numRuns: 1000 })
  })

  it('the state says the same as the windows that are really open', () => {
    fc.assert(fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const world = new World(['A', 'B'])
      for (const each of steps) follow(world, each)
      expect([...world.views.keys()].sort()).toEqual(world.hall.open.map((stand) => stand.window).sort())
    }))
  })
})
