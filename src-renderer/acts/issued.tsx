import { IconCircleCheck } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { IssuedForm } from '@contract/handling'
import { Button, FailureNote } from '../parts'
import { useFormPrinting } from './use-form-printing'

/** It is done: the form by its number, to print, to save, or to leave. */
export function Issued({ form, code, onClose }: { form: IssuedForm; code: string; onClose: () => void }): ReactNode {
  const { t } = useTranslation('acts')
  const printing = useFormPrinting(form)
  const waiting = printing.busy ? t('issued.busy') : undefined
  return (
    <div className="col" style={{ gap: 14 }}>
      <div className="row" style={{ gap: 12 }}><IconCircleCheck className="i xl c-ok" aria-hidden /><div><p className="l w6">{t('issued.title', { form: t(`form.${form.form}`), number: form.number })}</p><p className="m t2">{t('issued.of', { code, signer: form.signerName === '' ? t(`signer.${form.signer}`) : form.signerName })}</p></div></div>
      <p className="m" role="status">{printing.said ?? t('issued.sent')}</p>
      <FailureNote error={printing.error} />
      <div className="row act-foot">
        <Button keys="Ctrl+S" waitsFor={waiting} onPress={printing.save}>{t('issued.save')}</Button>
        <Button keys="Ctrl+P" waitsFor={waiting} kind={printing.said === null ? 'primary' : 'neutral'} onPress={printing.print}>{t('issued.print')}</Button>
        <Button keys="Ctrl+Enter" kind={printing.said === null ? 'neutral' : 'primary'} autoFocus onPress={onClose}>{t('issued.close')}</Button>
      </div>
    </div>
  )
}
