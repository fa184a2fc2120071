import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Ground } from '@contract/office-forms'
import { api } from '../app/api'
import { keys } from '../app/queries'
import { FailureNote, TextField } from '../parts'
import { ActFrame } from './act-frame'
import type { ActDialogProps } from './subject'

/** A refusal wants a legal reason chosen from data; words of the officer's own explain it. */
export function RefusalDialog(props: ActDialogProps): ReactNode {
  const { t } = useTranslation('acts')
  const { data: grounds, error } = useQuery({ queryKey: keys.grounds, queryFn: () => api.handling.grounds() })
  const [chosen, setChosen] = useState<readonly string[]>([])
  const [detail, setDetail] = useState('')
  const [asked, setAsked] = useState(false)
  const toggle = (code: string): void => setChosen((now) => (now.includes(code) ? now.filter((one) => one !== code) : [...now, code]))
  return (
    <ActFrame
      {...props} kind="refusal" withForm final missing={chosen.length === 0 ? 'ground.0' : null} onAsked={() => setAsked(true)}
      act={chosen.length === 0 ? null : { kind: 'refusal', grounds: [...chosen], detail: detail.trim() }}
    >
      <FailureNote error={error} />
      <GroundList grounds={grounds?.refusal ?? []} chosen={chosen} onToggle={toggle} fault={asked && chosen.length === 0} many />
      <TextField name="refusal.detail" label={t('refusal.detail')} lines={3} value={detail} onChange={setDetail} maxLength={2000} hint={t('refusal.detailHint')} />
    </ActFrame>
  )
}

type ListProps = Readonly<{ grounds: readonly Ground[]; chosen: readonly string[]; onToggle: (code: string) => void; fault: boolean; many?: boolean }>

/** Legal grounds with what they rest on. */
export function GroundList({ grounds, chosen, onToggle, fault, many = false }: ListProps): ReactNode {
  const { t } = useTranslation('acts')
  return (
    <fieldset className="wanted">
      <legend>{t('grounds')}</legend>
      {fault && <p className="fault" role="alert">{t('groundMissing')}</p>}
      <ul>
        {grounds.map(({ code, text, basis }, index) => (
          <li key={code}>
            <label className="choice ground"><input type={many ? 'checkbox' : 'radio'} name={`ground.${many ? String(index) : '0'}`} checked={chosen.includes(code)} onChange={() => onToggle(code)} /><span>{text}<span className="s t2"> · {basis}</span></span></label>
          </li>
        ))}
      </ul>
    </fieldset>
  )
}
