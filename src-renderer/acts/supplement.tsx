import { IconPlus, IconTrash } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SupplementItem } from '@contract/office-forms'
import { Button, TextField } from '../parts'
import { ActFrame } from './act-frame'
import type { ActDialogProps } from './subject'

const COUNTS = ['originals', 'certified', 'copies'] as const
type Wanted = Readonly<{ item: SupplementItem; chosen: boolean }>

const itemOf = (component: string | null, name: string): SupplementItem => ({ component, name, what: '', originals: 0, certified: 0, copies: 0 })

/** Everything that is missing, in one request that is complete in itself (Nghị định 61/2018 art. 17(2)a). */
export function SupplementDialog({ earlier, ...props }: ActDialogProps & Readonly<{ earlier: number }>): ReactNode {
  const { t } = useTranslation('acts')
  const [rows, setRows] = useState<readonly Wanted[]>(() => props.subject.components.map(({ code, name }) => ({ item: itemOf(code, name), chosen: false })))
  const [reason, setReason] = useState('')
  const [asked, setAsked] = useState(false)
  const chosen = rows.filter((row) => row.chosen && row.item.name.trim() !== '').map(({ item }) => ({ ...item, name: item.name.trim(), what: item.what.trim() }))
  const change = (index: number, change: Partial<SupplementItem>): void => setRows((now) => now.map((row, at) => (at === index ? { chosen: true, item: { ...row.item, ...change } } : row)))
  const toggle = (index: number): void => setRows((now) => now.map((row, at) => (at === index ? { ...row, chosen: !row.chosen } : row)))
  const missing = chosen.length === 0 ? 'supplement.0' : reason.trim() === '' ? 'supplement.reason' : null
  return (
    <ActFrame
      {...props} kind="supplement" withForm missing={missing} onAsked={() => setAsked(true)} warning={earlier > 0 ? t('supplement.again', { count: earlier }) : undefined}
      act={missing === null ? { kind: 'supplement', items: chosen, reason: reason.trim() } : null}
    >
      <fieldset className="wanted">
        <legend>{t('supplement.items')}</legend>
        {asked && chosen.length === 0 && <p className="fault" role="alert">{t('supplement.noItem')}</p>}
        <ul>
          {rows.map(({ item, chosen: on }, index) => (
            <li key={item.component ?? `own-${String(index)}`}>
              {item.component === null
                ? <div className="row"><input className="inp grow" aria-label={t('supplement.otherName')} placeholder={t('supplement.otherName')} value={item.name} maxLength={500} autoFocus onChange={(event) => change(index, { name: event.target.value })} /><button type="button" className="tool" aria-label={t('supplement.remove')} onClick={() => setRows((now) => now.filter((_row, at) => at !== index))}><IconTrash className="i xs" aria-hidden /></button></div>
                : <label className="choice"><input type="checkbox" name={`supplement.${String(index)}`} checked={on} onChange={() => toggle(index)} />{item.name}</label>}
              {on && <ItemFields item={item} onChange={(changed) => change(index, changed)} />}
            </li>
          ))}
        </ul>
        <Button small icon={IconPlus} keys="Alt+N" onPress={() => setRows((now) => [...now, { item: itemOf(null, ''), chosen: true }])}>{t('supplement.other')}</Button>
      </fieldset>
      <TextField name="supplement.reason" label={t('supplement.reason')} lines={3} value={reason} onChange={setReason} maxLength={2000} required hint={t('supplement.reasonHint')} fault={asked && reason.trim() === '' ? t('supplement.reasonMissing') : undefined} />
    </ActFrame>
  )
}

function ItemFields({ item, onChange }: { item: SupplementItem; onChange: (change: Partial<SupplementItem>) => void }): ReactNode {
  const { t } = useTranslation('acts')
  return (
    <div className="item-fields">
      <input className="inp" aria-label={t('supplement.what', { name: item.name })} placeholder={t('supplement.whatHint')} value={item.what} maxLength={1000} onChange={(event) => onChange({ what: event.target.value })} />
      {COUNTS.map((key) => (
        <label key={key} className="s"><input className="inp count num" type="number" min={0} max={99} value={item[key]} onChange={(event) => onChange({ [key]: Math.min(99, Math.max(0, Math.trunc(event.target.valueAsNumber || 0))) })} /> {t(`supplement.${key}`)}</label>
      ))}
    </div>
  )
}
