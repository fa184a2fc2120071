import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { PaymentState } from '@contract/draft'
import { Segmented } from '../parts'
import { useDraft } from './use-draft'

const PAYMENTS: readonly PaymentState[] = ['unpaid', 'cash', 'transfer']

/** Whether the fee was taken, and how. */
export function PaymentChoice(): ReactNode {
  const { t } = useTranslation('intake')
  const { content, edit } = useDraft()
  const choose = (payment: PaymentState): void => edit((now) => ({ ...now, fee: { ...now.fee, payment } }))
  return <Segmented label={t('fee.payment')} value={content.fee.payment} options={PAYMENTS.map((value) => ({ value, label: t(`payment.${value}`) }))} onChange={choose} />
}
