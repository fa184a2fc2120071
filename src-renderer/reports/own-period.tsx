import { IconAlertTriangle } from '@tabler/icons-react'
import { type ReactNode, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatDate } from '@contract/format'
import type { ReportPeriod } from '@contract/reports'
import { civilDateOf, tidyDate } from '../intake/tidy'
import type { Choice } from './period'

type Props = Readonly<{ choice: Choice; onOwn: (period: Partial<ReportPeriod>) => void }>

/** A period of one's own, typed as dates are written here. That it ends before it begins is said at the field, and nothing is asked for. */
export function OwnPeriod({ choice: { from, to }, onOwn }: Props): ReactNode {
  const { t } = useTranslation('reports')
  return (
    <div className="row wrap own">
      <DateField key={`from${from}`} name="from" date={from} fault={undefined} onDate={(date) => onOwn({ from: date })} />
      <DateField key={`to${to}`} name="to" date={to} fault={to < from ? t('own.fault') : undefined} onDate={(date) => onOwn({ to: date })} />
    </div>
  )
}

/** Taken over with Enter or on leaving; what is no date stays to be mended. */
function DateField({ name, date, fault, onDate }: { name: 'from' | 'to'; date: string; fault: string | undefined; onDate: (date: string) => void }): ReactNode {
  const { t } = useTranslation('reports')
  const [typed, setTyped] = useState(formatDate(date))
  const [wrong, setWrong] = useState(false)
  const faultId = useId()
  const take = (): void => {
    const read = civilDateOf(typed)
    setWrong(read === null)
    setTyped(tidyDate(typed))
    if (read !== null && read !== date) onDate(read)
  }
  const words = wrong ? t('own.noDate') : fault
  return (
    <>
      <label className="row s w6">
        {t(`own.${name}`)}
        <input
          name={name} className={`inp ${words === undefined ? '' : 'faulty'}`} value={typed} inputMode="numeric" maxLength={10} placeholder={t('own.format')} autoComplete="off" aria-invalid={words !== undefined} aria-describedby={words === undefined ? undefined : faultId}
          onChange={(event) => setTyped(event.target.value)} onBlur={take} onKeyDown={(event) => { if (event.key === 'Enter') take() }}
        />
      </label>
      {words !== undefined && <p className="fault" id={faultId} role="alert"><IconAlertTriangle className="i" aria-hidden />{words}</p>}
    </>
  )
}
