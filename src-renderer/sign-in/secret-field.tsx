import { IconArrowBigUpLine } from '@tabler/icons-react'
import { type KeyboardEvent, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Badge, Field } from '../parts'

type Props = Readonly<{
  label: string
  value: string
  onChange: (value: string) => void
  hint?: string | undefined
  fault?: string | undefined
  name?: string
  autoFocus?: boolean
  /** `new-password` lets a password manager offer one. */
  autoComplete?: 'current-password' | 'new-password'
}>

/** A secret: paste and password managers are welcome, Caps Lock is told. */
export function SecretField({ label, value, onChange, hint, fault, name = 'secret', autoFocus, autoComplete = 'current-password' }: Props): ReactNode {
  const { t } = useTranslation('sign-in')
  const [caps, setCaps] = useState(false)
  const look = (event: KeyboardEvent): void => setCaps(event.getModifierState('CapsLock'))
  return (
    <div className="secret">
      <Field label={label} hint={hint} fault={fault}>
        {({ id, describedBy }) => (
          <input
            id={id} name={name} className={`inp tall ${fault === undefined ? '' : 'faulty'}`} type="password" autoComplete={autoComplete} spellCheck={false} maxLength={200} autoFocus={autoFocus}
            value={value} aria-describedby={describedBy} aria-invalid={fault !== undefined} onChange={(event) => onChange(event.target.value)} onKeyDown={look} onKeyUp={look} onBlur={() => setCaps(false)}
          />
        )}
      </Field>
      <span className="caps" role="status">{caps && <Badge tint="warn" icon={IconArrowBigUpLine}>{t('capsLock')}</Badge>}</span>
    </div>
  )
}
