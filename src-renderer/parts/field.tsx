import { IconAlertTriangle } from '@tabler/icons-react'
import { type ReactNode, useId } from 'react'
import { SourceTag } from './badges'

type Shared = Readonly<{ label: string; hint?: string | undefined; fault?: string | undefined; source?: string | undefined; /** A word beside the label that this value wants a look. */ mark?: string | undefined; name?: string; required?: boolean }>

/** Label above, hint under, fault in words; the control gets the ids that tie them together. */
export function Field({ label, hint, fault, source, mark, children }: Shared & { children: (ids: { id: string; describedBy: string | undefined }) => ReactNode }): ReactNode {
  const id = useId()
  const described = fault !== undefined ? `${id}-fault` : hint !== undefined ? `${id}-hint` : undefined
  return (
    <div className="fld">
      <label className="lbl" htmlFor={id}>{label}<SourceTag source={source} />{mark !== undefined && <span className="src mark">{mark}</span>}</label>
      {children({ id, describedBy: described })}
      {fault !== undefined ? <p className="fault" id={`${id}-fault`}><IconAlertTriangle className="i" aria-hidden />{fault}</p> : hint !== undefined && <p className="hint" id={`${id}-hint`}>{hint}</p>}
    </div>
  )
}

type TextProps = Shared & Readonly<{
  value: string
  onChange: (value: string) => void
  onLeave?: (() => void) | undefined
  type?: 'text' | 'password' | 'tel' | 'email' | 'url' | 'number'
  placeholder?: string
  autoFocus?: boolean
  autoComplete?: string
  inputMode?: 'text' | 'numeric' | 'tel' | 'email'
  maxLength?: number
  lines?: number
  list?: string
}>

/** One line (or a few) of text. Nothing is validated while it is being typed. `name` is what drafts and error summaries find it by. */
export function TextField({ value, onChange, onLeave, type = 'text', lines, name, placeholder, autoFocus, autoComplete = 'off', inputMode, maxLength, list, ...shared }: TextProps): ReactNode {
  return (
    <Field {...shared}>
      {({ id, describedBy }) => {
        const common = {
          id, name, value, placeholder, autoFocus, 'data-autofocus': autoFocus, maxLength, className: `inp ${shared.fault !== undefined ? 'faulty' : ''}`, onBlur: onLeave,
          'aria-describedby': describedBy, 'aria-invalid': shared.fault !== undefined, 'aria-required': shared.required, spellCheck: false,
        }
        return lines === undefined
          ? <input {...common} type={type} autoComplete={autoComplete} inputMode={inputMode} list={list} onChange={(event) => onChange(event.target.value)} />
          : <textarea {...common} rows={lines} onChange={(event) => onChange(event.target.value)} />
      }}
    </Field>
  )
}

export type Option<T extends string> = Readonly<{ value: T; label: string }>

/** A choice from a list that is too long to lay out. */
export function SelectField<T extends string>({ value, options, onChange, name, ...shared }: Shared & { value: T; options: readonly Option<T>[]; onChange: (value: T) => void }): ReactNode {
  return (
    <Field {...shared}>
      {({ id, describedBy }) => (
        <select id={id} name={name} className="inp" value={value} aria-describedby={describedBy} onChange={(event) => {
          const chosen = options.find((option) => option.value === event.target.value)
          if (chosen) onChange(chosen.value)
        }}>
          {options.map((option) => <option key={option.value} value={option.value}>{option.label}</option>)}
        </select>
      )}
    </Field>
  )
}

/** A few choices side by side; arrows move between them. */
export function Segmented<T extends string>({ value, options, onChange, label }: { value: T; options: readonly Option<T>[]; onChange: (value: T) => void; label: string }): ReactNode {
  const move = (step: number): void => {
    const index = options.findIndex((option) => option.value === value)
    const next = options[(index + step + options.length) % options.length]
    if (next) onChange(next.value)
  }
  return (
    <div className="seg" role="radiogroup" aria-label={label}>
      {options.map((option) => (
        <button
          key={option.value} type="button" role="radio" aria-checked={option.value === value} tabIndex={option.value === value ? 0 : -1}
          ref={(node) => { if (node && option.value === value && document.activeElement?.parentElement === node.parentElement) node.focus() }}
          onClick={() => onChange(option.value)}
          onKeyDown={(event) => {
            if (event.key === 'ArrowRight' || event.key === 'ArrowDown') { event.preventDefault(); move(1) }
            if (event.key === 'ArrowLeft' || event.key === 'ArrowUp') { event.preventDefault(); move(-1) }
          }}
        >{option.label}</button>
      ))}
    </div>
  )
}

/** One thing to tick. */
export function Check({ label, checked, onChange, name }: { label: string; checked: boolean; onChange: (checked: boolean) => void; name?: string }): ReactNode {
  return <label className="choice"><input type="checkbox" name={name} checked={checked} onChange={(event) => onChange(event.target.checked)} />{label}</label>
}
