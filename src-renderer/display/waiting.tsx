import type { CSSProperties, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { currentLanguage } from '../hall'
import type { PageOf } from './parts'

/** Labels up to this many letters stand in full size. */
const SHORT_LABEL = 5

/** Nothing pushed: who is called, who is next, what there is to know. The first notice stands in the foot. */
export function WaitingPage({ page, counter }: { page: PageOf<'waiting'>; counter: string }): ReactNode {
  const { t } = useTranslation('display')
  const { called, next } = page
  // Before an officer has opened the data the counter has no name yet.
  const open = counter !== ''
  const size = called === null ? 1 : Math.max(1, called.length / SHORT_LABEL)
  return (
    <main className="waiting scroll">
      <div role="status">
        {called === null ? (
          <><h1 className="nobody">{open ? counter : t('waiting.closed')}</h1><p className="calls">{open ? t('waiting.nobody') : t('waiting.officer')}</p></>
        ) : (
          <><h1 className="calls">{t('waiting.calls', { counter })}</h1><p className="called" style={{ '--long': size } as CSSProperties}>{called}</p></>
        )}
        {next.length > 0 && <p className="next">{t('waiting.next')} {next.map((label, index) => <span key={label}>{index > 0 && ' · '}<b>{label}</b></span>)}</p>}
      </div>
      <ul className="notices">
        {open && <li>{t('waiting.card')}</li>}
        {page.hours !== null && <li>{t('waiting.hours', { hours: page.hours })}</li>}
        {page.notices.slice(1).map((notice, index) => <li key={index}>{notice[currentLanguage()]}</li>)}
      </ul>
    </main>
  )
}
