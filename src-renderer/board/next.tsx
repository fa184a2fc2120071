import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { formatDuration } from '@contract/format'
import type { BoardState } from '@contract/queue'
import { currentLanguage } from '../hall'

/** So many fit in large type. */
const SHOWN = 4

/** Who is next, and how long it takes. */
export function Next({ state: { next, waiting, meanWaitMs } }: { state: BoardState }): ReactNode {
  const { t } = useTranslation('board')
  return (
    <section className="next card">
      <div className="top">
        <h2>{t('next')}</h2>
        <dl>
          <div><dt>{t('waiting')}</dt><dd className="num">{t('people', { count: waiting })}</dd></div>
          {meanWaitMs > 0 && <div><dt>{t('meanWait')}</dt><dd className="num">{formatDuration(Math.max(1, Math.round(meanWaitMs / 60_000)), currentLanguage())}</dd></div>}
        </dl>
      </div>
      {next.length === 0 ? <p className="none">{t('nobodyNext')}</p> : (
        <ol>{next.slice(0, SHOWN).map(({ label, priority }) => <li key={label}><b className="num">{label}</b>{priority && <span className="first">{t('priority')}</span>}</li>)}</ol>
      )}
    </section>
  )
}
