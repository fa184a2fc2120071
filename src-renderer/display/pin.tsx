import { IconAlertTriangle, IconClock, IconShieldLock } from '@tabler/icons-react'
import { type CSSProperties, type ReactNode, useCallback, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Title } from '../hall'
import { sayTyping, useAnswering } from './client'
import { Keypad } from './keypad'
import { NotSent, type PageOf } from './parts'
import { useDigits } from './pin-digits'
import { SOON_SECONDS, minutesAndSeconds, secondsUntil } from './time-left'

/** The PIN: dots here, nothing anywhere else. The officer hears only that somebody is typing. */
export function PinPage({ page }: { page: PageOf<'pin'> }): ReactNode {
  const { t } = useTranslation('display')
  const { id, digits: wanted, least, purpose } = page
  const address = t(`address.${page.address}`)
  const { state, send } = useAnswering()
  const { count, add, removeLast, take } = useDigits(wanted, least)
  const told = useRef(false)
  const busy = state === 'sending'

  const onDigit = useCallback((digit: number) => {
    if (!told.current) sayTyping({ kind: 'typing', id })
    told.current = true
    add(digit)
  }, [id, add])
  const onDone = useCallback(() => {
    const pin = busy ? null : take()
    if (pin !== null) send({ kind: 'pin', id, pin })
  }, [id, busy, take, send])
  const onStop = useCallback(() => send({ kind: 'leave', id }), [id, send])

  return (
    <main className="pin">
      <section className="card pin-card">
        <div className="scroll pin-words" tabIndex={0}>
          <div><Title>{t(`pin.title.${purpose}`)}</Title><p className="how">{t(purpose === 'trial' ? 'pin.trialOnly' : least < wanted ? 'pin.digitsBetween' : 'pin.digits', { count: wanted, least, address })}</p></div>
          <Dots count={busy ? wanted : count} wanted={wanted} />
          <p className="sr" role="status">{count > 0 && t('pin.typed', { count, all: wanted })}</p>
          <p className="round">{busy ? t('sending') : t(purpose === 'enter' || purpose === 'code' ? 'pin.round.once' : page.round === 1 ? 'pin.round.first' : 'pin.round.second')}</p>
          <Refused page={page} />
          <NotSent state={state} />
          <div className="note"><IconShieldLock className="i lg" aria-hidden /><p><b>{t('pin.secret')}</b><br />{t(purpose === 'enter' || purpose === 'code' ? 'pin.cover' : 'pin.advice')}</p></div>
        </div>
        <Left endsAt={page.endsAt} />
      </section>
      <Keypad ready={count >= least} disabled={busy} onDigit={onDigit} onDelete={removeLast} onStop={onStop} onDone={onDone} />
    </main>
  )
}

function Dots({ count, wanted }: { count: number; wanted: number }): ReactNode {
  return <ol className="dots" style={{ '--digits': wanted } as CSSProperties} aria-hidden>{Array.from({ length: wanted }, (_, index) => <li key={index} className={index < count ? 'full' : index === count ? 'now' : undefined} />)}</ol>
}

function Refused({ page: { refused, triesLeft } }: { page: PageOf<'pin'> }): ReactNode {
  const { t } = useTranslation('display')
  if (refused === null) return null
  return <div className="note warn" role="alert"><IconAlertTriangle className="i lg" aria-hidden /><p><b>{t(`pin.refused.${refused}`)}</b>{triesLeft !== null && <> {t('pin.triesLeft', { count: triesLeft })}</>}</p></div>
}

function Left({ endsAt }: { endsAt: string }): ReactNode {
  const { t } = useTranslation('display')
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 500)
    return () => clearInterval(timer)
  }, [])
  const seconds = secondsUntil(endsAt, now)
  const soon = seconds <= SOON_SECONDS
  return (
    <div className={soon ? 'left note warn' : 'left'}>
      <IconClock className="i" aria-hidden />
      <p><span role="timer">{t('pin.left')} <b className="num">{minutesAndSeconds(seconds)}</b></span> {!soon && t('pin.moreTime')}<span role="status">{soon && t('pin.soon')}</span></p>
    </div>
  )
}
