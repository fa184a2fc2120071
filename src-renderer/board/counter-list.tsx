import { IconArrowNarrowRight } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { CounterLine } from './newest'

/** More lines than this stand in two columns. */
const ONE_COLUMN = 6

function Line({ line: { counter, label, state, fresh } }: { line: CounterLine }): ReactNode {
  const { t } = useTranslation('board')
  return (
    <li className={fresh ? 'line fresh' : state} data-counter={counter}>
      <span className="who"><span className="name">{counter}</span><span className="state">{fresh && <IconArrowNarrowRight className="i" aria-hidden />}{t(state)}</span></span>
      <b className="num">{label}</b>
    </li>
  )
}

/** Which number is at which counter. */
export function CounterList({ lines }: { lines: readonly CounterLine[] }): ReactNode {
  const { t } = useTranslation('board')
  return (
    <section className="counter-list card">
      <h2>{t('counters')}</h2>
      {lines.length === 0 ? <p className="none">{t('noCounter')}</p> : <ul className={lines.length > ONE_COLUMN ? 'two' : ''}>{lines.map((line) => <Line key={line.counter} line={line} />)}</ul>}
    </section>
  )
}
