import { useMutation } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatMoney } from '@contract/format'
import { api } from '../app/api'
import { Button, FailureNote, focusField, FormDialog, TextField } from '../parts'
import type { FeeDialogProps } from './cash-dialog'

/** Lets what is open off, on a ground that the procedure knows. */
export function ExemptDialog({ account: { dossierId, open, exemptions }, onClose, onDone }: FeeDialogProps): ReactNode {
  const { t } = useTranslation('fees')
  const [chosen, setChosen] = useState<string | null>(null)
  const [note, setNote] = useState('')
  const [asked, setAsked] = useState(false)
  const exempt = useMutation({
    mutationFn: (exemption: string) => api.fees.exempt({ dossierId, exemption, note: note.trim() }),
    onSuccess: (account) => onDone(account, t('exempt.done', { amount: formatMoney(open) })),
  })
  const go = (): void => {
    setAsked(true)
    if (chosen === null) focusField('exempt.ground')
    else exempt.mutate(chosen)
  }
  return (
    <FormDialog open title={t('exempt.title', { amount: formatMoney(open) })} onClose={onClose} wide={620}>
      <form className="col" style={{ gap: 12 }} onSubmit={(event) => { event.preventDefault(); go() }}>
        <fieldset className="fee-grounds">
          <legend>{t('exempt.ground')}</legend>
          {asked && chosen === null && <p className="fault" role="alert">{t('exempt.missing')}</p>}
          {exemptions.map(({ code, name, ground }, index) => (
            <label key={code} className="choice">
              <input type="radio" name="exempt.ground" checked={chosen === code} data-autofocus={index === 0} onChange={() => setChosen(code)} />
              <span>{name}<span className="s t2"> · {ground}</span></span>
            </label>
          ))}
        </fieldset>
        <TextField name="exempt.note" label={t('exempt.note')} hint={t('exempt.noteHint')} value={note} onChange={setNote} maxLength={500} />
        <FailureNote error={exempt.error} />
        <div className="row" style={{ justifyContent: 'flex-end' }}>
          <Button onPress={onClose} caps="Escape">{t('back', { ns: 'common' })}</Button>
          <Button kind="primary" keys="Ctrl+Enter" waitsFor={exempt.isPending ? t('saving') : undefined} onPress={go}>{t('exempt.act', { amount: formatMoney(open) })}</Button>
        </div>
      </form>
    </FormDialog>
  )
}
