import { IconAlertTriangle } from '@tabler/icons-react'
import { type ReactNode, useId } from 'react'

type TextProps = Readonly<{
  name: string; label: string; value: string; onChange: (value: string) => void; onLeave?: (() => void) | undefined
  fault?: string | undefined; mark?: string | undefined; type?: 'text' | 'password'; inputMode?: 'numeric' | 'tel' | 'email'; placeholder?: string; autoFocus?: boolean; lines?: number; maxLength?: number; wide?: boolean
}>

/** Label above, fault in words under. Nothing is refused while it is being typed. */
export function TextField({ name, label, value, onChange, onLeave, fault, mark, type = 'text', inputMode, placeholder, autoFocus, lines, maxLength, wide = false }: TextProps): ReactNode {
  const id = useId()
  const common = {
    id, name, value, placeholder, autoFocus, maxLength, className: `inp ${fault === undefined ? '' : 'faulty'}`, onBlur: onLeave, autoComplete: 'off', spellCheck: false,
    'aria-invalid': fault !== undefined, 'aria-describedby': fault === undefined ? undefined : `${id}-fault`,
  }
  return (
    <div className={wide ? 'fld wide' : 'fld'}>
      <label htmlFor={id}>{label}{mark !== undefined && <span className="src">{mark}</span>}</label>
      {lines === undefined
        ? <input {...common} type={type} inputMode={inputMode} onChange={(event) => onChange(event.target.value)} />
        : <textarea {...common} rows={lines} onChange={(event) => onChange(event.target.value)} />}
      {fault !== undefined && <p className="fault" id={`${id}-fault`}><IconAlertTriangle className="i" aria-hidden />{fault}</p>}
    </div>
  )
}

type Option<T extends string> = Readonly<{ value: T; label: string }>

/** A few choices side by side; touched, or moved between with the arrows. */
export function Choice<T extends string>({ label, value, options, onChange, shown = true }: {
  label: string; value: T | null; options: readonly Option<T>[]; onChange: (value: T) => void; /** The label is seen, not only heard. */ shown?: boolean
}): ReactNode {
  const id = useId()
  const at = options.findIndex((option) => option.value === value)
  return (
    <div className="fld">
      {shown && <span id={id} className="lbl">{label}</span>}
      <div
        className="seg" role="radiogroup" {...(shown ? { 'aria-labelledby': id } : { 'aria-label': label })}
        onKeyDown={(event) => {
          const step = event.key === 'ArrowRight' || event.key === 'ArrowDown' ? 1 : event.key === 'ArrowLeft' || event.key === 'ArrowUp' ? -1 : 0
          const next = step === 0 ? undefined : options[(at + step + options.length) % options.length]
          if (!next) return
          event.preventDefault()
          onChange(next.value)
          event.currentTarget.querySelectorAll<HTMLElement>('[role=radio]')[options.indexOf(next)]?.focus()
        }}
      >
        {options.map((option, index) => (
          <button key={option.value} type="button" role="radio" aria-checked={option.value === value} tabIndex={index === Math.max(0, at) ? 0 : -1} onClick={() => onChange(option.value)}>{option.label}</button>
        ))}
      </div>
    </div>
  )
}
