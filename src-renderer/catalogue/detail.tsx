import { IconBook, IconCalendar, IconClock } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { formatDate } from '@contract/format'
import type { Procedure } from '@contract/procedures'
import { api } from '../app/api'
import { keys } from '../app/queries'
import { FailureNote, Loading } from '../parts'
import { Fees } from './fees'
import { Mark, MarkLegend } from './marks'

/** All that the catalogue knows of one procedure. */
export function ProcedureDetail({ code, version }: { code: string; version: string }): ReactNode {
  const { t } = useTranslation('catalogue')
  const { data, error } = useQuery({ queryKey: keys.procedure(code, version), queryFn: () => api.procedures.get({ code, version }) })
  return (
    <section className="card" aria-label={t('detail')}>
      <FailureNote error={error} />
      {!data && !error && <Loading />}
      {data && <Body procedure={data} />}
    </section>
  )
}

function Body({ procedure }: { procedure: Procedure }): ReactNode {
  const { t } = useTranslation('catalogue')
  const { confidence, legalBasis } = procedure
  return (
    <div className="detail" tabIndex={0} role="region" aria-label={procedure.name}>
      <div>
        <h2>{procedure.name}</h2>
        <div className="row wrap t2 m" style={{ gap: 14 }}>
          <span><span className="code">{procedure.code}</span> <Mark mark={confidence.code} /></span>
          <span>{procedure.field}</span>
          <span>{t('version', { version: procedure.version })}</span>
          <span className="num"><IconCalendar className="i xs" aria-hidden /> {procedure.effectiveTo === undefined ? t('effectiveFrom', { from: formatDate(procedure.effectiveFrom) }) : t('effectiveBetween', { from: formatDate(procedure.effectiveFrom), to: formatDate(procedure.effectiveTo) })}</span>
        </div>
      </div>
      <dl className="kv" style={{ gridTemplateColumns: '150px 1fr' }}>
        <dt>{t('time')} <Mark mark={confidence.time} /></dt><dd><IconClock className="i xs" aria-hidden /> <TimeText procedure={procedure} /></dd>
        <dt>{t('place')}</dt><dd><Place procedure={procedure} /></dd>
        <dt>{t('result')}</dt><dd>{procedure.result.name} <span className="t2" style={{ fontWeight: 400 }}>({t(`resultKind.${procedure.result.kind}`)}{procedure.result.originals !== undefined && `, ${t('originals', { count: procedure.result.originals })}`})</span>{procedure.result.note !== undefined && <div className="m t2" style={{ fontWeight: 400 }}>{procedure.result.note}</div>}</dd>
      </dl>
      <Components procedure={procedure} />
      <Fees fee={procedure.fee} mark={confidence.fee} />
      <Questions procedure={procedure} />
      {legalBasis.length > 0 && (
        <div>
          <h3>{t('legalBasis')}</h3>
          <ul className="plain">{legalBasis.map((basis) => <li key={basis} className="m"><IconBook className="i xs" aria-hidden /> {basis}</li>)}</ul>
        </div>
      )}
      <MarkLegend note={confidence.note} />
    </div>
  )
}

function TimeText({ procedure: { time } }: { procedure: Procedure }): ReactNode {
  const { t } = useTranslation('catalogue')
  if (!time) return t('timeByHandLong')
  return (
    <>
      {time.unit === 'same-day' ? t('unit.same-day') : `${String(time.amount)} ${t(`unit.${time.unit}`)}`}
      {time.afterFifteen && <span className="m t2" style={{ fontWeight: 400 }}> · {t('afterFifteen')}</span>}
      {time.extension !== undefined && <div className="m t2" style={{ fontWeight: 400 }}>{t('extension', { words: time.extension })}</div>}
    </>
  )
}

function Place({ procedure: { jurisdiction, placeIndependence } }: { procedure: Procedure }): ReactNode {
  const { t } = useTranslation('catalogue')
  const of = 'of' in jurisdiction ? t(`of.${jurisdiction.of}`) : ''
  return (
    <>
      {t(`jurisdiction.${jurisdiction.kind}`, { of, agency: 'agency' in jurisdiction ? jurisdiction.agency : '' })}
      {'question' in jurisdiction && <div className="m t2" style={{ fontWeight: 400 }}>{t('asked', { question: jurisdiction.question })}</div>}
      {'goTo' in jurisdiction && <div className="m t2" style={{ fontWeight: 400 }}>{t('otherwise', { goTo: jurisdiction.goTo })}</div>}
      <div className="m t2" style={{ fontWeight: 400 }}>{t(`placeIndependence.${placeIndependence}`)}</div>
    </>
  )
}

function Components({ procedure: { components, confidence } }: { procedure: Procedure }): ReactNode {
  const { t } = useTranslation('catalogue')
  return (
    <div>
      <h3>{t('components', { count: components.length })} <Mark mark={confidence.components} /></h3>
      <table aria-label={t('components', { count: components.length })}>
        <thead><tr><th scope="col">{t('paper')}</th><th scope="col" style={{ width: 150 }}>{t('kind')}</th><th scope="col" className="r" style={{ width: 80 }}>{t('quantity')}</th></tr></thead>
        <tbody>
          {components.map((component) => (
            <tr key={component.code}>
              <td>
                <b>{component.name}</b>
                {component.required.when === 'conditional' && <div className="m t2">{t('onlyWhen', { condition: component.required.condition })}</div>}
                {component.note !== undefined && <div className="m t2">{component.note}</div>}
              </td>
              <td>{t(`componentKind.${component.kind}`)}</td>
              <td className="r num">{component.quantity}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Questions({ procedure: { eligibility } }: { procedure: Procedure }): ReactNode {
  const { t } = useTranslation('catalogue')
  if (eligibility.length === 0) return null
  return (
    <div>
      <h3>{t('questions')}</h3>
      <ul className="plain">
        {eligibility.map(({ id, question, answers }) => (
          <li key={id}>
            <b>{question}</b>
            <ul>
              {answers.map((answer) => (
                <li key={answer.id} className="m" style={{ paddingLeft: 16 }}>
                  <span className="w5">{answer.label}</span>: {t(`verdict.${answer.verdict}`, { procedure: 'procedure' in answer ? answer.procedure : '' })}
                  {answer.message !== undefined && <span className="t2"> · {answer.message}</span>}
                  {'goTo' in answer && answer.goTo !== undefined && <span className="t2"> · {answer.goTo}</span>}
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </div>
  )
}
