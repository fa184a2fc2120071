import { IconCamera, IconCheck, IconPrinter } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { GivenTicket } from '@contract/queue'
import { Title } from '../hall'
import { aheadWords } from './names'

const PRINT_WORDS = { printed: 'given.printed', failed: 'given.notPrinted', 'no-printer': 'given.noPrinter' } as const

function Paper({ printed }: Pick<GivenTicket, 'printed'>): ReactNode {
  const { t } = useTranslation('kiosk')
  const [Icon, tint] = printed === 'printed' ? [IconCheck, 'note'] : [IconCamera, 'note warn']
  return <p className={tint} role="status"><Icon className="i lg" aria-hidden />{t(PRINT_WORDS[printed])}</p>
}

type Props = Readonly<{ ticket: GivenTicket; kind: string; group: string | null; busy: boolean; left: number; onPrintAgain: () => void; onDone: () => void }>

/** The number, so large that a phone takes it from arm's length, and what became of its paper. */
export function Given({ ticket, kind, group, busy, left, onPrintAgain, onDone }: Props): ReactNode {
  const { t } = useTranslation('kiosk')
  const { label, ahead, qr, printed } = ticket
  return (
    <main className="kiosk given" data-step="given" data-label={label}>
      <div className="card ticket">
        <div className="facts">
          <Title>{t('given.title')}</Title>
          <p className={label.length > 5 ? 'number long num' : 'number num'}>{label}</p>
          <p className="kind">{kind}</p>
          {group !== null && <p className="kind">{t('given.group', { group })}</p>}
          <p className="ahead"><b>{aheadWords(ahead, t)}</b></p>
        </div>
        <div className="code">
          <svg viewBox={`0 0 ${String(qr.size)} ${String(qr.size)}`} role="img" aria-label={t('given.qr', { label })} shapeRendering="crispEdges"><rect width={qr.size} height={qr.size} fill="#fff" /><path d={qr.path} fill="#000" /></svg>
          <p className="t2">{t('given.keep')}</p>
        </div>
      </div>
      <Paper printed={printed} />
      <div className="acts">
        <p className="t2">{t('given.closes', { count: left })}</p>
        {printed === 'failed' && <button type="button" className="big second" disabled={busy} onClick={onPrintAgain}><IconPrinter className="i lg" aria-hidden />{busy ? t('given.printing') : t('given.printAgain')}</button>}
        <button type="button" className="big" onClick={onDone}><IconCheck className="i lg" aria-hidden />{t('given.done')}</button>
      </div>
    </main>
  )
}
