import { IconKey } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { type ReactNode, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TokenCard, TokensView } from '@contract/signing'
import { api } from '../app/api'
import { Button, FailureNote, Field, FormDialog } from '../parts'
import { PinMark } from './token-steps'

/**
 * A field for the officer's own PIN. What is typed stays in the field and never in the state of the window: it is read when it is sent,
 * and emptied at once.
 */
export function PinField({ label, name, fault, autoFocus = false }: { label: string; name: string; fault?: string | undefined; autoFocus?: boolean }): ReactNode {
  return (
    <Field label={label} fault={fault}>
      {({ id, describedBy }) => <input id={id} name={name} className={`inp tall ${fault === undefined ? '' : 'faulty'}`} type="password" autoComplete="off" maxLength={64} autoFocus={autoFocus} data-autofocus={autoFocus} aria-describedby={describedBy} aria-invalid={fault !== undefined} />}
    </Field>
  )
}

/** Reads the PINs out of a form and empties their fields. */
export function takePins(form: HTMLFormElement | null, ...names: readonly string[]): readonly string[] {
  return names.map((name) => {
    const field = form?.elements.namedItem(name)
    if (!(field instanceof HTMLInputElement)) return ''
    const typed = field.value
    field.value = ''
    return typed
  })
}

/** All fields are empty again: typing starts where something was wrong, or at the top. */
function focusOn(form: HTMLFormElement | null, name: string): void {
  const field = form?.elements.namedItem(name)
  if (field instanceof HTMLInputElement) field.focus()
}

type Props = Readonly<{ token: TokenCard; onClose: () => void; onChanged: (view: TokensView) => void }>

/** Another PIN for the officer's own token. */
export function OwnPinDialog({ token, onClose, onChanged }: Props): ReactNode {
  const { t } = useTranslation('signing-desk')
  const form = useRef<HTMLFormElement>(null)
  const [fault, setFault] = useState<'empty' | 'short' | 'not-equal' | null>(null)
  const change = useMutation({ mutationFn: (pins: Readonly<{ pin: string; next: string }>) => api.tokens.changePin({ token: token.id, ...pins }), onSuccess: onChanged, gcTime: 0 })
  const go = (): void => {
    const [pin = '', next = '', again = ''] = takePins(form.current, 'pin', 'next', 'again')
    const wrong = pin === '' ? 'empty' : next.length < 4 ? 'short' : next !== again ? 'not-equal' : null
    setFault(wrong)
    if (wrong !== null) focusOn(form.current, wrong === 'empty' ? 'pin' : 'next')
    if (wrong === null) change.mutate({ pin, next })
  }
  return (
    <FormDialog open title={t('changeOwnPinTitle', { label: token.label })} onClose={onClose}>
      <form ref={form} className="col" style={{ gap: 12 }} onSubmit={(event) => { event.preventDefault(); go() }}>
        <div className="row wrap"><span className="m t2">{t('ownPinHelp')}</span><PinMark token={token} /></div>
        <FailureNote error={change.error} />
        <PinField label={t('pinNow')} name="pin" autoFocus fault={fault === 'empty' ? t('missing.pinNow') : undefined} />
        <PinField label={t('pinNext')} name="next" fault={fault === 'short' ? t('missing.pin') : fault === 'not-equal' ? t('missing.notEqual') : undefined} />
        <PinField label={t('pinAgain')} name="again" />
        <div className="row dlgfoot"><Button caps="Escape" onPress={onClose}>{t('cancel')}</Button><Button kind="primary" icon={IconKey} keys="Ctrl+Enter" waitsFor={change.isPending ? t('working') : undefined} onPress={go}>{t('changeOwnPin')}</Button></div>
      </form>
    </FormDialog>
  )
}
