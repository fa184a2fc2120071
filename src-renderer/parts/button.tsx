import type { ComponentType, ReactNode, Ref } from 'react'
import { type KeyName, useShortcut } from '../app/shortcuts'
import { ariaKeys, KeyCaps } from './keys'

export type IconType = ComponentType<{ className?: string; 'aria-hidden'?: boolean | 'true' | 'false' }>

type Props = Readonly<{
  children: ReactNode
  onPress: () => void
  /** One primary a screen, bottom right of the work area. `gate` is the tall one of sign-in. */
  kind?: 'neutral' | 'primary' | 'gate' | 'danger' | 'ghost'
  small?: boolean
  icon?: IconType
  /** Bound while the button is on the screen and shown as caps inside it. */
  keys?: KeyName
  /** Caps shown when they differ from the key bound; null hides them. */
  caps?: KeyName | null
  /** What it waits for: the button turns dashed and does not act. */
  waitsFor?: string | undefined
  pressed?: boolean
  label?: string
  submit?: boolean
  autoFocus?: boolean
  ref?: Ref<HTMLButtonElement>
}>

const CLASSES = { neutral: '', primary: 'pri', gate: 'pri gate', danger: 'danger', ghost: 'ghost' } as const

/** A button that wears its key. Never disabled in silence: what is missing is for `onPress` to say. */
export function Button({ children, onPress, kind = 'neutral', small = false, icon: Icon, keys, caps, waitsFor, pressed, label, submit = false, autoFocus, ref }: Props): ReactNode {
  const waiting = waitsFor !== undefined
  const act = waiting ? undefined : onPress
  useShortcut(keys, label ?? (typeof children === 'string' ? children : ''), act)
  const shown = caps === undefined ? keys : (caps ?? undefined)
  return (
    <button
      ref={ref}
      type={submit ? 'submit' : 'button'}
      className={['btn', CLASSES[kind], small ? 'sm' : '', waiting ? 'wait' : '', pressed === true ? 'on' : ''].join(' ')}
      onClick={submit ? undefined : act}
      data-autofocus={autoFocus}
      aria-disabled={waiting}
      aria-label={label}
      aria-pressed={pressed}
      aria-keyshortcuts={keys === undefined ? undefined : ariaKeys(keys)}
    >
      {Icon && <Icon className="i" aria-hidden />}
      {waiting ? waitsFor : children}
      {shown !== undefined && !waiting && <KeyCaps keys={shown} />}
    </button>
  )
}
