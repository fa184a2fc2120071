import { IconCash } from '@tabler/icons-react'
import type { TFunction } from 'i18next'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { formatMoney } from '@contract/format'
import type { ConfidenceMark, FeeRule, ProcedureFee } from '@contract/procedures'
import { Mark } from './marks'

function amountOf(rule: FeeRule, t: TFunction<'catalogue'>): string {
  switch (rule.kind) {
    case 'free': return t('fee.free')
    case 'fixed': return formatMoney(rule.amount)
    case 'perCopy': return t('fee.perCopy', { amount: formatMoney(rule.amount) })
    case 'perPage': return t('fee.perPage', { pages: rule.first.pages, first: formatMoney(rule.first.amount), then: formatMoney(rule.thenAmount), cap: formatMoney(rule.cap) })
    case 'council': return rule.amount === undefined ? t('fee.council') : t('fee.councilAmount', { amount: formatMoney(rule.amount) })
  }
}

/** What it costs, and who pays less. */
export function Fees({ fee, mark }: { fee: ProcedureFee; mark: ConfidenceMark }): ReactNode {
  const { t } = useTranslation('catalogue')
  return (
    <div>
      <h3>{t('fees')} <Mark mark={mark} /></h3>
      <ul className="plain">
        {fee.rules.map((rule) => (
          <li key={rule.code}><IconCash className="i xs" aria-hidden /> <b>{rule.name}</b>: {amountOf(rule, t)}{rule.note !== undefined && <div className="m t2">{rule.note}</div>}</li>
        ))}
        {fee.exemptions.map((exemption) => (
          <li key={exemption.code} className="m">{t('fee.exempt', { name: exemption.name })} <span className="t2">· {exemption.ground}</span>{exemption.code === fee.usualExemption && <span className="src" style={{ marginLeft: 8 }}>{t('fee.usual')}</span>}</li>
        ))}
      </ul>
    </div>
  )
}
