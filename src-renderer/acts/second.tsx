import { IconUsers } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Second } from '@contract/handling'
import { Field } from '../parts'

/** Name and secret of the second person. The secret stays in its field: no state of the page holds it. */
export function SecondFields({ missing }: { missing: boolean }): ReactNode {
  const { t } = useTranslation('acts')
  return (
    <fieldset className="second">
      <legend><IconUsers className="i xs" aria-hidden /> {t('second.title')}</legend>
      <p className="s t2">{t('second.help')}</p>
      <div className="form-grid">
        <Field label={t('second.loginName')} fault={missing ? t('second.missing') : undefined}>
          {({ id, describedBy }) => <input id={id} name="second.loginName" className={`inp ${missing ? 'faulty' : ''}`} autoComplete="off" spellCheck={false} maxLength={60} aria-describedby={describedBy} aria-invalid={missing} />}
        </Field>
        <Field label={t('second.secret')}>{({ id }) => <input id={id} name="second.secret" className="inp" type="password" autoComplete="off" maxLength={200} />}</Field>
      </div>
    </fieldset>
  )
}

const valueOf = (form: HTMLFormElement, name: string): string => {
  const field = form.elements.namedItem(name)
  return field instanceof HTMLInputElement ? field.value : ''
}

/** What was typed into them; null when one is empty. The secret's field is emptied. */
export function readSecond(form: HTMLFormElement | null): Second | null {
  if (form === null) return null
  const [loginName, secret] = [valueOf(form, 'second.loginName').trim(), valueOf(form, 'second.secret')]
  if (loginName === '' || secret === '') return null
  const field = form.elements.namedItem('second.secret')
  if (field instanceof HTMLInputElement) field.value = ''
  return { loginName, secret }
}
