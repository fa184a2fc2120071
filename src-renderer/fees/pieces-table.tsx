import type { KeyboardEvent, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { DENOMINATIONS } from '@contract/fees'
import { formatMoney } from '@contract/format'
import { focusField } from '../parts'
import { type Typed, worthOf } from './money'

const nameOf = (value: number): string => `pieces.${String(value)}`

/** How many of each note: a number, then Enter or an arrow for the next. */
export function PiecesTable({ typed, onType }: { typed: Typed; onType: (typed: Typed) => void }): ReactNode {
  const { t } = useTranslation('fees')
  const press = (event: KeyboardEvent<HTMLInputElement>, index: number): void => {
    if (event.ctrlKey || event.altKey || event.shiftKey) return
    const step = event.key === 'ArrowUp' ? -1 : event.key === 'Enter' || event.key === 'ArrowDown' ? 1 : 0
    const next = DENOMINATIONS[index + step]
    if (step === 0) return
    event.preventDefault()
    if (next !== undefined) focusField(nameOf(next))
    else if (event.key === 'Enter') focusField('count.explanation')
  }
  return (
    <table className="pieces">
      <caption className="sr">{t('count.pieces')}</caption>
      <thead><tr><th scope="col">{t('count.note')}</th><th scope="col">{t('count.howMany')}</th><th scope="col" className="right">{t('count.worth')}</th></tr></thead>
      <tbody>
        {DENOMINATIONS.map((value, index) => (
          <tr key={value}>
            <th scope="row" className="num">{formatMoney(value)}</th>
            <td>
              <input
                name={nameOf(value)} className="inp num" inputMode="numeric" autoComplete="off" maxLength={5} aria-label={t('count.piecesOf', { value: formatMoney(value) })} autoFocus={index === 0}
                value={typed[String(value)] ?? ''} onChange={(event) => onType({ ...typed, [String(value)]: event.target.value.replaceAll(/\D/gu, '') })} onKeyDown={(event) => press(event, index)} onFocus={(event) => event.target.select()}
              />
            </td>
            <td className="num right">{formatMoney(worthOf(value, typed[String(value)]))}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
