import { IconPrinter } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { IssuedForm } from '@contract/handling'
import { Button, FailureNote } from '../parts'
import { useFormPrinting } from './use-form-printing'

/** Prints or saves an issued form that is being looked at. */
export function FormTools({ form }: { form: IssuedForm }): ReactNode {
  const { t } = useTranslation('acts')
  const printing = useFormPrinting(form)
  const waiting = printing.busy ? t('issued.busy') : undefined
  return (
    <>
      <Button small icon={IconPrinter} keys="Alt+I" waitsFor={waiting} onPress={printing.print}>{t(form.prints === 0 ? 'issued.print' : 'issued.printAgain')}</Button>
      {printing.said !== null && <span className="s t2" role="status">{printing.said}</span>}
      <FailureNote error={printing.error}><Button small onPress={printing.save}>{t('issued.save')}</Button></FailureNote>
    </>
  )
}
