import { useMutation } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FeeAccount } from '@contract/fees'
import { formatMoney } from '@contract/format'
import { api } from '../app/api'
import { Button, FailureNote, focusField, FormDialog, TextField } from '../parts'
import { amountOf, changeOf } from './money'

export type FeeDialogProps = Readonly<{ account: FeeAccount; onClose: () => void; onDone: (account: FeeAccount, words: string) => void }>

/** Cash: how much, what was handed over and what goes back. */
export function CashDialog({ account: { dossierId, open }, onClose, onDone }: FeeDialogProps): ReactNode {
  const { t } = useTranslation('fees')
  const [handed, setHanded] = useState('')
  const given = amountOf(handed)
  const change = changeOf(given, open)
  const collect = useMutation({
    mutationFn: () => api.fees.collect({ dossierId, method: 'cash', amount: open }),
    onSuccess: (account) => onDone(account, t('cash.done', { amount: formatMoney(open) })),
  })
  const short = handed.trim() !== '' && change === null
  const go = (): void => { if (short) focusField('cash.handed'); else collect.mutate() }
  return (
    <FormDialog open title={t('cash.title')} onClose={onClose} wide={460}>
      <form className="col" style={{ gap: 12 }} onSubmit={(event) => { event.preventDefault(); go() }}>
        <p className="fee-large"><span className="t2 m">{t('cash.due')}</span><span className="num">{formatMoney(open)}</span></p>
        <TextField name="cash.handed" label={t('cash.handed')} hint={t('cash.handedHint')} inputMode="numeric" value={handed} onChange={setHanded} maxLength={14} autoFocus fault={short ? t('cash.short2', { missing: formatMoney(open - (given ?? 0)) }) : undefined} />
        <p className="fee-large small" role="status"><span className="t2 m">{t('cash.change')}</span><span className="num">{change === null ? '–' : formatMoney(change)}</span></p>
        <FailureNote error={collect.error} />
        <div className="row" style={{ justifyContent: 'flex-end' }}>
          <Button onPress={onClose} caps="Escape">{t('back', { ns: 'common' })}</Button>
          <Button kind="primary" keys="Ctrl+Enter" waitsFor={collect.isPending ? t('saving') : undefined} onPress={go}>{t('cash.act', { amount: formatMoney(open) })}</Button>
        </div>
      </form>
    </FormDialog>
  )
}
