import type { ComponentMark } from '@contract/draft'
import type { PaperLine } from './papers'

const MARK_KEYS: Readonly<Record<string, ComponentMark>> = { s: 'seen', k: 'not-needed', n: 'owed', d: 'reused' }
const MOVES: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, Home: -99, End: 99 }

type Press = Readonly<{ key: string; ctrlKey: boolean; target: EventTarget | null }>

/** What the keys of the checklist do. `page` acts need a page in hand and say themselves when they cannot. */
export type PaperKeyActs = Readonly<{
  goTo(code: string): void
  /** To the page or file before or after. */
  step(by: -1 | 1): void
  large(): void
  remove(): void
  turn(): void
  split(): void
  /** Among the pages, or files, of the paper. */
  move(by: -1 | 1): void
  /** To the paper above or below; false for what only moves among its own. */
  toOther(by: -1 | 1): boolean
  mark(mark: ComponentMark): void
}>

type Row = Readonly<{ lines: readonly PaperLine[]; line: PaperLine; /** Something is in hand. */ any: boolean }>

function withControl(key: string, acts: PaperKeyActs): boolean {
  if (key === 'ArrowLeft' || key === 'ArrowRight') acts.move(key === 'ArrowLeft' ? -1 : 1)
  else if (key === 'ArrowUp' || key === 'ArrowDown') {
    const by = key === 'ArrowUp' ? -1 : 1
    if (!acts.toOther(by)) acts.move(by)
  } else return false
  return true
}

/** Keys of the checklist; true when one acted. */
export function pressed(event: Press, { lines, line, any }: Row, acts: PaperKeyActs): boolean {
  const { key } = event
  if (event.ctrlKey) return any && withControl(key, acts)
  const move = MOVES[key]
  const row = move === undefined ? (/^[1-9]$/u.test(key) ? lines[Number(key) - 1] : undefined) : lines[Math.max(0, Math.min(lines.length - 1, lines.indexOf(line) + move))]
  if (row) {
    acts.goTo(row.code)
    return true
  }
  const mark = MARK_KEYS[key.toLowerCase()]
  if (mark !== undefined) acts.mark(mark)
  else if (!any) return false
  else if ((key === ' ' || key === 'Enter') && !onOtherButton(event)) acts.large()
  else if (key === 'Delete') acts.remove()
  else if (key.toLowerCase() === 'r') acts.turn()
  else if (key.toLowerCase() === 't') acts.split()
  else if (key === 'ArrowLeft' || key === 'ArrowRight') acts.step(key === 'ArrowLeft' ? -1 : 1)
  else return false
  return true
}

/** Space and Enter press the button that has the focus, unless that is a page. */
const onOtherButton = ({ target }: Press): boolean => target !== null && target instanceof HTMLButtonElement && !target.classList.contains('pg')
