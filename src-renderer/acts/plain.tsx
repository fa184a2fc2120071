import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Acts } from '@contract/handling'
import { TextField } from '../parts'
import { ActFrame } from './act-frame'
import type { ActDialogProps } from './subject'

/** The result is there. */
export function ResultReadyDialog(props: ActDialogProps): ReactNode {
  const { t } = useTranslation('acts')
  const [note, setNote] = useState('')
  const [asked, setAsked] = useState(false)
  const missing = note.trim() === ''
  return (
    <ActFrame {...props} kind="result-ready" withForm={false} missing={missing ? 'ready.note' : null} onAsked={() => setAsked(true)} act={missing ? null : { kind: 'result-ready', note: note.trim() }}>
      <TextField name="ready.note" label={t('result-ready.note')} lines={3} value={note} onChange={setNote} maxLength={2000} required autoFocus hint={t('noteHint')} fault={asked && missing ? t('noteMissing') : undefined} />
    </ActFrame>
  )
}

type CompletedProps = ActDialogProps & Readonly<{ open: NonNullable<Acts['open']>; onScan: () => void }>

/** What was asked for has come: the period starts from zero. Papers that want scanning open the dossier for it. */
export function CompletedDialog({ open, onScan, ...props }: CompletedProps): ReactNode {
  const { t } = useTranslation('acts')
  const [got, setGot] = useState<ReadonlySet<number>>(new Set())
  const [note, setNote] = useState('')
  const [asked, setAsked] = useState(false)
  const all = open.items.every((_item, index) => got.has(index))
  const words = [open.items.map(({ name }) => name).join('; '), note.trim()].filter((part) => part !== '').join(' – ')
  const toggle = (index: number): void => setGot((now) => (now.has(index) ? new Set([...now].filter((one) => one !== index)) : new Set([...now, index])))
  return (
    <ActFrame {...props} kind="completed" withForm={false} missing={all ? null : 'completed.0'} onAsked={() => setAsked(true)} act={all ? { kind: 'completed', note: words.slice(0, 2000) } : null}>
      <fieldset className="wanted">
        <legend>{t('completed.items')}</legend>
        {asked && !all && <p className="fault" role="alert">{t('completed.notAll')}</p>}
        <ul>{open.items.map(({ name, what }, index) => <li key={name + String(index)}><label className="choice"><input type="checkbox" name={`completed.${String(index)}`} data-autofocus={index === 0} checked={got.has(index)} onChange={() => toggle(index)} /><span>{name}{what !== '' && <span className="s t2"> · {what}</span>}</span></label></li>)}</ul>
      </fieldset>
      <TextField name="completed.note" label={t('completed.note')} value={note} onChange={setNote} maxLength={500} />
      <p className="m t2">{t('completed.scan')} <button type="button" className="link" onClick={onScan}>{t('completed.scanAct')}</button></p>
    </ActFrame>
  )
}
