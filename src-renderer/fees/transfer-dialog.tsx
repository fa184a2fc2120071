import { IconDeviceTv, IconPrinter } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { TransferQr } from '@contract/fees'
import { formatMoney } from '@contract/format'
import { api } from '../app/api'
import { keys } from '../app/queries'
import { Badge, Button, Facts, FailureNote, FormDialog, Loading } from '../parts'
import { useDisplay, useDisplayActs } from '../show/use-display'
import type { FeeDialogProps } from './cash-dialog'
import { useSlip } from './use-fees'

/** A transfer by VietQR: the code large, the same on the citizen's display and on paper, and the money seen by the officer. */
export function TransferDialog({ account: { dossierId, open }, onClose, onDone }: FeeDialogProps): ReactNode {
  const { t } = useTranslation('fees')
  const { data: offer, error } = useQuery({ queryKey: [...keys.fees(dossierId), 'transfer', open], queryFn: () => api.fees.transferQr({ dossierId }) })
  const display = useDisplay()
  const acts = useDisplayActs()
  const slip = useSlip(dossierId)
  const shown = display?.shown.kind === 'pay'
  const collect = useMutation({
    mutationFn: () => api.fees.collect({ dossierId, method: 'transfer', amount: open }),
    onSuccess: (account) => {
      if (shown) acts.paid()
      onDone(account, t('transfer.done', { amount: formatMoney(open) }))
    },
  })
  return (
    <FormDialog open title={t('transfer.title')} onClose={onClose} wide={680}>
      <div className="col" style={{ gap: 12 }}>
        {offer ? <Offer offer={offer} /> : error === null && <Loading />}
        {shown && <p className="m w6" role="status">{t('transfer.shown')}</p>}
        {slip.data !== undefined && <p className="m w6" role="status">{t(`slip.${slip.data.outcome}`)}</p>}
        <FailureNote error={error ?? collect.error ?? acts.error ?? slip.error} />
        <div className="row wrap" style={{ justifyContent: 'flex-end' }}>
          {offer && display?.attached === true && <Button icon={IconDeviceTv} keys="F8" onPress={() => acts.show({ kind: 'pay', dossierId })}>{t('transfer.show')}</Button>}
          {offer && <Button icon={IconPrinter} keys="Ctrl+P" waitsFor={slip.isPending ? t('slip.busy') : undefined} onPress={() => slip.mutate(null)}>{t('slip.shortOpen')}</Button>}
          <Button onPress={onClose} caps="Escape" autoFocus>{t('back', { ns: 'common' })}</Button>
          {offer && <Button kind="primary" keys="Ctrl+Enter" waitsFor={collect.isPending ? t('saving') : undefined} onPress={() => collect.mutate()}>{t('transfer.act')}</Button>}
        </div>
      </div>
    </FormDialog>
  )
}

function Offer({ offer: { qr, amount, account, purpose, simulated } }: { offer: TransferQr }): ReactNode {
  const { t } = useTranslation('fees')
  return (
    <div className="fee-transfer">
      <svg viewBox={`0 0 ${String(qr.size)} ${String(qr.size)}`} role="img" aria-label={t('transfer.qr', { amount: formatMoney(amount) })} shapeRendering="crispEdges"><path d={qr.path} /></svg>
      <div className="col" style={{ gap: 12, minWidth: 0 }}>
        {simulated && <div><Badge tint="sim">{t('transfer.simulated')}</Badge></div>}
        <p className="fee-large"><span className="t2 m">{t('transfer.amount')}</span><span className="num">{formatMoney(amount)}</span></p>
        <Facts width={100} rows={[[t('transfer.bank'), account.bank], [t('transfer.number'), <span key="number" className="num">{account.number}</span>], [t('transfer.holder'), account.holder], [t('transfer.purpose'), <span key="purpose" className="w6">{purpose}</span>]]} />
        <p className="s t2">{t('transfer.help')}</p>
      </div>
    </div>
  )
}
