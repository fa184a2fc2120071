import { ShowingId, type ShownFact } from '@contract/display'
import { DraftId } from '@contract/ids'
import { createDisplay, type Display, type Offer } from '../../src-main/hall'

export const DRAFT = DraftId.parse('01939b6e-0000-7000-8000-0000000000d1')
export const fact = (value: string): ShownFact => ({ key: 'name', value: { vi: value, en: value }, detail: null })

/** Ids without a digit, so that digits of a PIN are found wherever they got to. */
const letters = (count: number): ShowingId =>
  ShowingId.parse([...count.toString(6)].map((digit) => 'abcdef'[Number(digit)] ?? 'a').join('').padStart(32, 'a'))

export type Bench = Readonly<{
  desk: Display
  /** Lets so many milliseconds pass; what is due happens in its order. */
  pass(ms: number): void
  /** How often the desk said that something changed. */
  changes(): number
}>

/** A desk with a clock that only the test moves. */
export function newBench(): Bench {
  let now = Date.parse('2026-11-23T02:00:00.000Z')
  let count = 0
  let changes = 0
  const due = new Map<symbol, { at: number; act: () => void }>()
  const desk = createDisplay({
    clock: { now: () => new Date(now) },
    newId: () => letters((count += 1)),
    after: (ms, act) => {
      const key = Symbol('timer')
      due.set(key, { at: now + ms, act })
      return () => due.delete(key)
    },
    changed: () => { changes += 1 },
  })
  return {
    desk,
    changes: () => changes,
    pass: (ms) => {
      const until = now + ms
      for (;;) {
        const [key, next] = [...due].filter(([, { at }]) => at <= until).sort(([, a], [, b]) => a.at - b.at)[0] ?? []
        if (!key || !next) break
        due.delete(key)
        now = Math.max(now, next.at)
        next.act()
      }
      now = until
    },
  }
}

/** A check page that says whom it is about, and counts what was kept of its answers. */
export function checkOf(name: string, kept: string[] = []): Offer {
  return {
    draftId: DRAFT,
    page: (id) => ({ kind: 'check', id, address: 'chị', facts: [fact(name)], sign: true }),
    officer: (since) => ({ kind: 'check', draftId: DRAFT, since, facts: [fact(name)] }),
    take: (answer) => {
      if (answer.kind !== 'right' && answer.kind !== 'wrong') return null
      kept.push(`${answer.kind} ${name}`)
      return answer.kind === 'right' ? { words: 'received', outcome: 'right', signed: answer.signature !== null } : { words: 'sent-back', outcome: 'wrong', signed: false }
    },
  }
}

/** A transfer that is asked for. */
export const payOf = (): Offer => ({
  draftId: DRAFT,
  page: (id) => ({ kind: 'pay', id, amount: 15_000, purpose: 'Le phi', account: { bank: 'NGAN HANG', number: '0000', holder: 'UBND' }, qr: { size: 21, path: 'M0 0h1v1h-1z' }, simulated: true }),
  officer: (since) => ({ kind: 'pay', amount: 15_000, since }),
  take: () => null,
})

export function ratingOf(kept: string[] = []): Offer {
  return {
    draftId: null,
    page: (id) => ({ kind: 'rating', id, address: 'quý vị', subject: 'Đăng ký khai sinh' }),
    officer: (since) => ({ kind: 'rating', since }),
    take: (answer) => {
      kept.push(answer.kind)
      return answer.kind === 'rated' ? { words: 'rated', outcome: 'rated', signed: false } : null
    },
  }
}
