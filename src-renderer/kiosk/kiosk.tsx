import { IconArrowLeft, IconClock } from '@tabler/icons-react'
import { type ReactNode, useCallback, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { KioskState } from '@contract/queue'
import { RatingForm } from '../display/rating-form'
import { type Away, currentLanguage, hallBridge, HallFoot, HallHead, HallPage, LanguageButton, LargerButton, ListenButton, useLasting, useSpeech, useStream } from '../hall'
import { Answers } from './answers'
import { Ask } from './ask'
import { openState } from './client'
import { Given } from './given'
import { Groups } from './groups'
import { Kinds } from './kinds'
import { groupName, kindName } from './names'
import { spoken } from './spoken'
import { before, type Letter, pageOf, prioritiesOf, standsFor, WARN_S } from './steps'
import { BackPage, ProblemPage, TicketPage, ToldPage } from './told'
import { type Flow, useFlow } from './use-flow'
import { useScan } from './use-scan'
import { useTimeLeft } from './use-time-left'

/** How long nothing may come before the page says why, ms. */
const AWAY_MS = 1500

/** The step in hand. Each is a page of its own, so nothing of one is left on the next. */
function Body({ state, flow, left }: { state: KioskState; flow: Flow; left: number }): ReactNode {
  const { t } = useTranslation('kiosk')
  const { step, busy, go, home } = flow
  const letters = state.open && state.standing !== 'off' ? state.kinds.map(({ letter }) => letter) : []
  const nameOf = (letter: Letter): string => kindName(state.kinds.find((kind) => kind.letter === letter)?.name ?? '', t)
  const choose = (letter: Letter): void => (prioritiesOf(state.groups).length === 0 ? flow.take(letter, 'ordinary') : go({ at: 'groups', letter }))
  switch (step.at) {
    case 'kinds':
      return <Kinds state={state} onChoose={choose} onUnsure={() => go({ at: 'ask', words: '' })} />
    case 'groups':
      return <Groups kind={nameOf(step.letter)} groups={prioritiesOf(state.groups)} busy={busy} onChoose={(group) => flow.take(step.letter, group)} />
    case 'given': {
      const group = prioritiesOf(state.groups).find(({ code }) => code === step.ticket.group)
      return <Given ticket={step.ticket} kind={kindName(step.ticket.kind, t)} group={group ? groupName(group, t) : null} busy={busy} left={left} onPrintAgain={() => flow.printAgain(step.ticket)} onDone={home} />
    }
    case 'ask':
      return <Ask words={step.words} busy={busy} onAsk={flow.ask} />
    case 'answers':
      return <Answers words={step.words} answers={step.answers} letters={letters} onTake={choose} onAgain={() => go({ at: 'ask', words: step.words })} />
    case 'ticket':
      return <TicketPage found={step.found} busy={busy} left={left} onComeBack={() => flow.comeBack(step.found.ticket)} onHome={home} />
    case 'back':
      return <BackPage label={step.label} ahead={step.ahead} left={left} onHome={home} />
    case 'rate':
      return <RatingForm address="quý vị" subject={step.subject} busy={busy} trouble={null} onRate={(rating) => flow.rate(step.slip, rating)} onNone={home} />
    case 'told':
      return <ToldPage what={step.what} left={left} onHome={home} />
    case 'problem':
      return <ProblemPage problem={step.problem} onHome={home} />
  }
}

function Foot({ state, flow, left }: { state: KioskState; flow: Flow; left: number }): ReactNode {
  const { t } = useTranslation('kiosk')
  const speech = useSpeech(currentLanguage())
  const { step, go, home } = flow
  const earlier = before(step)
  const soon = standsFor(step)?.touch === true && left <= WARN_S
  const back = earlier ?? (step.at === 'rate' ? 'home' : null)
  const { stop } = speech
  // What is read aloud ends with its page.
  useEffect(() => stop, [step, stop])
  return (
    <HallFoot
      icon={<IconClock className="i lg" aria-hidden />}
      words={soon ? <p role="status"><b>{t('soonHome', { count: left })}</b></p> : <p>{t('hours', { hours: state.hours })}</p>}
    >
      {back !== null && <button type="button" className="foot-act" onClick={() => (back === 'home' ? home() : go(back))}><IconArrowLeft className="i lg" aria-hidden />{t('back')}</button>}
      <ListenButton speech={speech} lines={spoken(step, state, t)} />
      <LargerButton />
      <LanguageButton />
    </HallFoot>
  )
}

function Closed({ away }: { away: Away | null }): ReactNode {
  const { t } = useTranslation('kiosk')
  const lasts = useLasting(true, AWAY_MS)
  const why = away === 'closed' ? 'closed' : 'lost'
  return (
    <HallPage practice={hallBridge?.practice ?? false} head={<HallHead ward="" unit="" />} foot={null}>
      <main className="kiosk away" role="status">{lasts && (away === null ? <p className="lead">{t('hall:starting')}</p> : <><h1>{t(why)}</h1><p className="lead t2">{t(`${why}Text`)}</p></>)}</main>
    </HallPage>
  )
}

function Open({ state }: { state: KioskState }): ReactNode {
  const { t } = useTranslation('kiosk')
  const flow = useFlow()
  const { busy, scan, home } = flow
  const stands = busy ? null : standsFor(flow.step)
  const left = useTimeLeft(stands?.seconds ?? null, stands?.touch ?? false, home)
  useScan(useCallback((text: string) => scan(text), [scan]))
  return (
    <HallPage practice={state.practice} head={<HallHead ward={state.ward} unit={state.unit}><p className="kiosk-title">{t('head')}</p></HallHead>} foot={<Foot state={state} flow={flow} left={left} />}>
      <Body key={pageOf(flow.step)} state={state} flow={flow} left={left} />
    </HallPage>
  )
}

/** The ticket kiosk. */
export function Kiosk(): ReactNode {
  const { value: state, away } = useStream(openState)
  return state === null ? <Closed away={away} /> : <Open state={state} />
}
