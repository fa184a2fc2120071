import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Acts } from '@contract/handling'
import { SelectField, TextField } from '../parts'
import { ActFrame } from './act-frame'
import type { ActDialogProps } from './subject'

/** From hand to hand: the control slip grows by a row. */
export function HandoverDialog({ handover, ...props }: ActDialogProps & Readonly<{ handover: Acts['handover'] }>): ReactNode {
  const { t } = useTranslation('acts')
  const offices = handover.offices.filter((office) => office !== handover.from)
  const [to, setTo] = useState(offices[0] ?? '')
  const [receiver, setReceiver] = useState('')
  const [note, setNote] = useState('')
  const [asked, setAsked] = useState(false)
  const missing = to.trim() === '' ? 'handover.to' : receiver.trim() === '' ? 'handover.receiver' : null
  return (
    <ActFrame
      {...props} kind="handover" withForm missing={missing} onAsked={() => setAsked(true)}
      act={missing === null ? { kind: 'handover', to: to.trim(), receiver: receiver.trim(), note: note.trim() } : null}
    >
      <p className="m">{t('handover.from', { office: handover.from })}</p>
      {offices.length > 0
        ? <SelectField name="handover.to" label={t('handover.to')} value={to} options={offices.map((office) => ({ value: office, label: office }))} onChange={setTo} />
        : <TextField name="handover.to" label={t('handover.to')} value={to} onChange={setTo} maxLength={200} required autoFocus hint={t('handover.noOffices')} fault={asked && to.trim() === '' ? t('handover.toMissing') : undefined} />}
      <TextField name="handover.receiver" label={t('handover.receiver')} value={receiver} onChange={setReceiver} maxLength={200} required autoFocus={offices.length > 0} fault={asked && receiver.trim() === '' ? t('handover.receiverMissing') : undefined} />
      <TextField name="handover.note" label={t('handover.note')} lines={2} value={note} onChange={setNote} maxLength={1000} hint={t('handover.noteHint')} />
    </ActFrame>
  )
}
