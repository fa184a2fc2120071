import type { ReactNode } from 'react'
import type { KeyName } from '../app/shortcuts'

const CAPS: Readonly<Record<string, string>> = { Enter: '↵', ArrowUp: '↑', ArrowDown: '↓', ArrowLeft: '←', ArrowRight: '→', Delete: 'Del', Escape: 'Esc', Shift: '⇧' }

/** Key-caps of a shortcut, one cap a key. Hidden from screen readers: the control carries `aria-keyshortcuts`. */
export function KeyCaps({ keys }: { keys: KeyName }): ReactNode {
  // The key + itself is not a joint.
  const parts = keys === '+' ? ['+'] : keys.split('+')
  // `Shift+F4` is one cap, as on the mocks: ⇧F4.
  const caps = parts[0] === 'Shift' && parts.length === 2 ? [`⇧${parts[1] ?? ''}`] : parts.map((key) => CAPS[key] ?? key)
  return <span className="kc" aria-hidden="true">{caps.map((cap) => <kbd key={cap}>{cap}</kbd>)}</span>
}

/** The form that `aria-keyshortcuts` wants. */
export const ariaKeys = (keys: KeyName): string => keys.replace('Ctrl', 'Control')
