import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../app/api'
import { keys } from '../app/queries'
import { FailureNote, Segmented, TextField } from '../parts'
import { ActFrame } from './act-frame'
import { GroundList } from './refusal'
import { type Leader, SignerField } from './signer'
import type { ActDialogProps } from './subject'

/** Stops the work: no result can follow. */
export function StopDialog({ needsSecond, ...props }: ActDialogProps & Readonly<{ needsSecond: boolean }>): ReactNode {
  const { t } = useTranslation('acts')
  const { data: grounds, error } = useQuery({ queryKey: keys.grounds, queryFn: () => api.handling.grounds() })
  const [requestedBy, setRequestedBy] = useState<'citizen' | 'agency'>('citizen')
  const [ground, setGround] = useState<string | null>(null)
  const [detail, setDetail] = useState('')
  const [signer, setSigner] = useState<Leader>('head')
  const [asked, setAsked] = useState(false)
  return (
    <ActFrame
      {...props} kind="stop" withForm final needsSecond={needsSecond} missing={ground === null ? 'ground.0' : null} onAsked={() => setAsked(true)}
      act={ground === null ? null : { kind: 'stop', requestedBy, ground, detail: detail.trim(), signer }}
    >
      <FailureNote error={error} />
      <Segmented label={t('stop.requestedBy')} value={requestedBy} onChange={setRequestedBy} options={[{ value: 'citizen', label: t('stop.citizen') }, { value: 'agency', label: t('stop.agency') }]} />
      <GroundList grounds={grounds?.stop ?? []} chosen={ground === null ? [] : [ground]} onToggle={setGround} fault={asked && ground === null} />
      <TextField name="stop.detail" label={t('stop.detail')} lines={3} value={detail} onChange={setDetail} maxLength={2000} hint={t('stop.detailHint')} />
      <SignerField value={signer} onChange={setSigner} />
    </ActFrame>
  )
}
