import { IconCheck, IconHome, IconRefresh } from '@tabler/icons-react'
import { type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { currentLanguage, Title } from '../hall'
import type { ScannedTicket } from './client'
import { aheadWords } from './names'
import { type Problem, type Sentences, sentencesOf } from './problem'
import type { Step } from './steps'

/** A number that is not of today's line: the only refusal after which a citizen helps himself. */
const UNKNOWN_TICKET = 'HC-002'

type Frame = Readonly<{ step: Step['at']; title: string; label?: string; left: number | null; onHome: () => void; children?: ReactNode; act?: ReactNode }>

/** A page that tells one thing and goes away by itself. */
function Page({ step, title, label, left, onHome, children, act }: Frame): ReactNode {
  const { t } = useTranslation('kiosk')
  return (
    <main className="kiosk told" data-step={step}>
      <div className="card says">
        <Title>{title}</Title>
        {label !== undefined && <p className={label.length > 5 ? 'number long num' : 'number num'}>{label}</p>}
        {children}
      </div>
      <div className="acts">
        {left !== null && <p className="t2">{t('given.closes', { count: left })}</p>}
        <button type="button" className={act === undefined ? 'big' : 'big second'} onClick={onHome}><IconHome className="i lg" aria-hidden />{t('home')}</button>
        {act}
      </div>
    </main>
  )
}

function ticketText({ state, ahead, counter }: ScannedTicket, t: ReturnType<typeof useTranslation<'kiosk'>>['t']): string | null {
  if (state === 'waiting') return aheadWords(ahead, t)
  if (state === 'called') return counter === null ? null : t('scanned.calledTo', { counter })
  if (state === 'serving') return counter === null ? null : t('scanned.servingAt', { counter })
  return state === 'held' || state === 'done' ? t(`scanned.${state}Text`) : null
}

/** How a scanned number stands; after a missed call it can wait again. */
export function TicketPage({ found, busy, left, onComeBack, onHome }: { found: ScannedTicket; busy: boolean; left: number; onComeBack: () => void; onHome: () => void }): ReactNode {
  const { t } = useTranslation('kiosk')
  const text = ticketText(found, t)
  const missed = found.state === 'no-show'
  const act = missed && <button type="button" className="big" disabled={busy} onClick={onComeBack}><IconRefresh className="i lg" aria-hidden />{t('scanned.comeBack')}</button>
  return (
    <Page step="ticket" title={t(`scanned.${found.state}`)} label={found.label} left={missed ? null : left} onHome={onHome} {...(act !== false && { act })}>
      {text !== null && <p className="lead"><b>{text}</b></p>}
    </Page>
  )
}

export function BackPage({ label, ahead, left, onHome }: { label: string; ahead: number; left: number; onHome: () => void }): ReactNode {
  const { t } = useTranslation('kiosk')
  return <Page step="back" title={t('scanned.back')} label={label} left={left} onHome={onHome}><p className="lead"><b>{aheadWords(ahead, t)}</b></p></Page>
}

const TOLD = { unknown: ['scanned.unknown', 'scanned.unknownText'], rated: ['scanned.rated', 'scanned.ratedText'], thanks: ['thanks.title', 'thanks.text'] } as const

export function ToldPage({ what, left, onHome }: { what: keyof typeof TOLD; left: number; onHome: () => void }): ReactNode {
  const { t } = useTranslation('kiosk')
  const [title, text] = TOLD[what]
  return (
    <Page step="told" title={t(title)} left={left} onHome={onHome}>
      <p className="lead">{text === 'thanks.text' && <IconCheck className="i lg" aria-hidden />} {t(text)}</p>
    </Page>
  )
}

/**
 * A refusal as sentences: what happened and what it means, as everywhere; what to do is said for citizens, who restart nothing and check no
 * cable. Without an answer of the core, that is said.
 */
export function ProblemPage({ problem, onHome }: { problem: Problem; onHome: () => void }): ReactNode {
  const { t } = useTranslation('kiosk')
  const language = currentLanguage()
  const [words, setWords] = useState<Sentences | null>(null)
  useEffect(() => {
    let wanted = true
    const late = (): Sentences => ({ what: t('late.what'), effect: t('late.effect'), next: t('late.next') })
    const forCitizens = (found: Sentences | null): Sentences => (found === null ? late() : { ...found, next: problem.code === UNKNOWN_TICKET ? t('next.newNumber') : t('next.officer') })
    sentencesOf(problem, language).then(forCitizens, late).then((found) => {
      if (wanted) setWords(found)
    }, () => undefined)
    return () => {
      wanted = false
    }
  }, [problem, language, t])
  if (words === null) return <main className="kiosk" />
  return (
    <Page step="problem" title={words.what} left={null} onHome={onHome}>
      <div className="lead" role="alert"><p>{words.effect}</p><p><b>{words.next}</b></p></div>
      {problem.code !== null && <p className="t2 num code-line">{t('code', { code: problem.code })}</p>}
    </Page>
  )
}
