import { IconAlertTriangle } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { type ReactNode, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FeeAccount, Payment } from '@contract/fees'
import { formatMoney } from '@contract/format'
import type { Second } from '@contract/handling'
import { readSecond, SecondFields } from '../acts/second'
import { api } from '../app/api'
import { Button, FailureNote, focusField, FormDialog, Note, TextField } from '../parts'
import '../acts/acts.css'

type Props = Readonly<{ payment: Payment; onClose: () => void; onDone: (account: FeeAccount, words: string) => void }>

/** Takes a payment back: why, and with whom. It stays on the books. */
export function VoidDialog({ payment: { id, number, amount, method }, onClose, onDone }: Props): ReactNode {
  const { t } = useTranslation('fees')
  const form = useRef<HTMLFormElement>(null)
  const [reason, setReason] = useState('')
  const [asked, setAsked] = useState(false)
  const [secondMissing, setSecondMissing] = useState(false)
  const taken = useMutation({
    mutationFn: (second: Second) => api.fees.void({ paymentId: id, reason: reason.trim(), second }),
    onSuccess: (account) => onDone(account, t('void.done', { number })),
    // The secret is in the variables of the call.
    gcTime: 0,
  })
  const missing = reason.trim() === ''
  const go = (): void => {
    setAsked(true)
    if (missing) return focusField('void.reason')
    const second = readSecond(form.current)
    setSecondMissing(second === null)
    if (second === null) return focusField('second.loginName')
    taken.mutate(second)
  }
  return (
    <FormDialog open title={t('void.title', { number })} onClose={onClose} wide={620}>
      <form ref={form} className="act" onSubmit={(event) => { event.preventDefault(); go() }}>
        <div className="col act-fields">
          <Note tint="warn" icon={IconAlertTriangle}>{t(`void.effect.${method}`, { amount: formatMoney(amount) })}</Note>
          <TextField name="void.reason" label={t('void.reason')} lines={2} value={reason} onChange={setReason} maxLength={500} required autoFocus fault={asked && missing ? t('void.reasonMissing') : undefined} />
          <SecondFields missing={secondMissing} />
          <FailureNote error={taken.error} />
        </div>
        <div className="row act-foot">
          <Button onPress={onClose} caps="Escape">{t('back', { ns: 'common' })}</Button>
          <Button kind="danger" keys="Ctrl+Enter" waitsFor={taken.isPending ? t('void.checking') : undefined} onPress={go}>{t('void.act', { amount: formatMoney(amount) })}</Button>
        </div>
      </form>
    </FormDialog>
  )
}
