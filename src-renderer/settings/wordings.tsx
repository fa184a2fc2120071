import './wordings.css'
import { IconFileText } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type KeyboardEvent, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatDate } from '@contract/format'
import type { FormBrief } from '@contract/forms'
import { api } from '../app/api'
import { keys } from '../app/queries'
import { Badge, Button, FailureNote, KeyCaps, Loading } from '../parts'
import { Section } from './section'

/** The seven official forms and whose wording is in force; Enter opens one. For administrators. */
export function WordingsSection(): ReactNode {
  const { t } = useTranslation('wordings')
  const { data, error, refetch } = useQuery({ queryKey: keys.forms, queryFn: () => api.forms.list() })
  return (
    <Section title={t('title')} icon={IconFileText} aside={<span className="row s t2" style={{ gap: 6 }}><KeyCaps keys="ArrowUp" /><KeyCaps keys="ArrowDown" />{t('choose')}<KeyCaps keys="Enter" />{t('open')}</span>}>
      <p className="m t2 prose">{t('words')}</p>
      {error !== null && <FailureNote error={error}><Button small onPress={() => void refetch()}>{t('again')}</Button></FailureNote>}
      {!data && error === null && <Loading />}
      {data && <FormList forms={data} />}
    </Section>
  )
}

function FormList({ forms }: { forms: readonly FormBrief[] }): ReactNode {
  const { t } = useTranslation('wordings')
  const [current, setCurrent] = useState(forms[0]?.form)
  const press = (event: KeyboardEvent<HTMLUListElement>): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    const next = forms[forms.findIndex(({ form }) => form === current) + step]
    if (step === 0 || !next) return
    event.preventDefault()
    setCurrent(next.form)
    document.getElementById(`form-${next.form}`)?.focus()
  }
  return (
    <ul className="form-list" aria-label={t('title')} onKeyDown={press}>
      {forms.map((brief) => <li key={brief.form}><FormRow brief={brief} current={brief.form === current} onFocus={() => setCurrent(brief.form)} /></li>)}
    </ul>
  )
}

function FormRow({ brief, current, onFocus }: { brief: FormBrief; current: boolean; onFocus: () => void }): ReactNode {
  const { t } = useTranslation('wordings')
  const navigate = useNavigate()
  const { form, title, officialVersion, effectiveFrom, confidence, own } = brief
  return (
    <button id={`form-${form}`} type="button" className="item" tabIndex={current ? 0 : -1} onFocus={onFocus} onClick={() => void navigate({ to: '/settings/forms/$form', params: { form } })}>
      <span className="no w6">{t('formNo', { number: form.slice(-2) })}</span>
      <span className="grow">
        <span className="w6" style={{ display: 'block' }}>{title}</span>
        <span className="s t2">{t('officialShort', { version: officialVersion, date: formatDate(effectiveFrom) })} · {t(`confidence.${confidence}`)}</span>
      </span>
      {own === null ? <Badge tint="line">{t('inForce.official')}</Badge> : <span className="col" style={{ alignItems: 'flex-end', gap: 2 }}><Badge tint="info">{t('inForce.own', { edition: own.edition })}</Badge><span className="s t2 num">{t('ownSince', { date: formatDate(own.effectiveFrom), by: own.by })}</span></span>}
    </button>
  )
}
