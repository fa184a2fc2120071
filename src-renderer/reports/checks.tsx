import { IconAlertTriangle, IconCheck } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { formatCount } from '@contract/report-words'
import type { ReportCheck, ReportSheet } from '@contract/reports'
import { KeyCaps } from '../parts'

/** Something of the delivery that is not at the city yet, although the sums come out. */
const pending = ({ code, params }: ReportCheck): boolean => code === 'delivery' && (Number(params['waiting'] ?? 0) > 0 || Number(params['attention'] ?? 0) > 0)

/** Sums that must come out, with both sides, and what the report says below its table. */
export function Checks({ sheet: { checks, facts } }: { sheet: ReportSheet }): ReactNode {
  const { t } = useTranslation('reports')
  if (checks.length === 0 && facts.length === 0) return null
  return (
    <section className="card checks" aria-label={t('checks')}>
      {checks.length > 0 && <><h2>{t('checks')}</h2><ul>{checks.map((check) => <Line key={check.code} check={check} />)}</ul></>}
      {checks.length === 0 && <ul className="facts">{facts.map(({ caption, value }, index) => <li key={index}><span><span className="t2">{caption}:</span> {value}</span></li>)}</ul>}
    </section>
  )
}

function Line({ check }: { check: ReportCheck }): ReactNode {
  const { t, i18n } = useTranslation('reports')
  const { code, ok, params } = check
  const warns = !ok || pending(check)
  const figures = Object.fromEntries(Object.entries(params).map(([name, value]) => [name, typeof value === 'number' ? formatCount(value) : value]))
  const key = `check.${code}`
  return (
    <li className={warns ? 'w6' : ''}>
      {warns ? <IconAlertTriangle className="i xs c-bad" aria-hidden /> : <IconCheck className="i xs c-ok" aria-hidden />}
      <span><span className="sr">{t(ok ? 'comesOut' : 'comesOutNot')}</span>{i18n.exists(key, { ns: 'reports' }) ? t(key, figures) : code}{!ok && ` – ${t('comesOutNot')}`}</span>
      {code === 'delivery' && warns && <Link to="/outbox" className="row s">{t('toOutbox')}<KeyCaps keys="Alt+6" /></Link>}
    </li>
  )
}
