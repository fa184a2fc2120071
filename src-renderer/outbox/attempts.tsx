import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { formatTime } from '@contract/format'
import type { OutboxDetail } from '@contract/sync'
import { nearMoment } from '../dossiers/moments'
import { useClock } from '../dossiers/clock'
import { currentLanguage } from '../app/i18n'
import { toCivil } from '@contract/civil-time'

/** The newest tries shown; the copy has all. */
const SHOWN = 6

/** Every try to send it, newest last. */
export function Attempts({ log, aside }: { log: OutboxDetail['attemptsLog']; aside: ReactNode }): ReactNode {
  const { t } = useTranslation('outbox')
  const now = useClock()
  const time = (at: string): string => {
    const moment = new Date(at)
    return toCivil(moment).date === toCivil(now).date ? formatTime(moment) : nearMoment(at, now, '', currentLanguage()).slice(-11, -6)
  }
  return (
    <div style={{ borderTop: '1px solid var(--mc-line)', paddingTop: 4 }}>
      <div className="row"><h3>{t('attempts.title')}</h3><span className="end">{aside}</span></div>
      {log.length === 0 && <p className="m t2">{t('attempts.none')}</p>}
      {log.length > SHOWN && <p className="s t2">{t('attempts.earlier', { count: log.length - SHOWN })}</p>}
      <div className="attempts m num">
        {log.slice(-SHOWN).map(({ at, outcome, errorCode }, index) => (
          <div key={`${at}-${String(index)}`} style={{ display: 'contents' }}>
            <span className="t2">{time(at)}</span>
            <span className={outcome === 'attention' ? 'c-bad w6' : ''} style={{ whiteSpace: 'normal' }}>{t(`attempts.${outcome}`)}{errorCode !== null && <span className="t2"> · {errorCode}</span>}</span>
          </div>
        ))}
      </div>
    </div>
  )
}
