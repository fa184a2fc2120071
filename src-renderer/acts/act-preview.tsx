import { type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Act } from '@contract/handling'
import type { Paper } from '@contract/receipt'
import { useSettings } from '../app/session'
import { DocumentView, Segmented } from '../parts'
import type { ActSubject } from './subject'

/** Long enough to type a word (ms). */
const PAUSE = 500

/** What it was until nobody changed it for a moment. */
export function useSettled<T>(value: T, key: string): T {
  const [settled, setSettled] = useState({ value, key })
  useEffect(() => {
    if (settled.key === key) return undefined
    const timer = setTimeout(() => setSettled({ value, key }), PAUSE)
    return () => clearTimeout(timer)
  }, [value, key, settled.key])
  return settled.value
}

/** The form as it will be, without its number. The last one stays while something is missing. */
export function ActPreview({ subject, act }: { subject: ActSubject; act: Act | null }): ReactNode {
  const { t } = useTranslation('acts')
  const { data: settings } = useSettings()
  const [chosen, setChosen] = useState<Paper | null>(null)
  const paper = chosen ?? settings?.printing.receipt.paper ?? 'A5'
  const now = useSettled(act, JSON.stringify(act))
  const [last, setLast] = useState<Act | null>(now)
  if (now !== null && now !== last) setLast(now)
  return (
    <section className="act-preview" aria-label={t('preview.title')}>
      <div className="row"><span className="m w6 grow">{t('preview.title')}</span><Segmented label={t('preview.paper')} value={paper} options={[{ value: 'A5', label: 'A5' }, { value: 'A4', label: 'A4' }]} onChange={setChosen} /></div>
      {last === null
        ? <p className="act-empty t2">{t('preview.empty')}</p>
        : <DocumentView id={`${subject.id}/${paper}/${JSON.stringify(last)}`} load={() => subject.preview(last, paper)} mediaType="application/pdf" label={t('preview.title')} />}
    </section>
  )
}
