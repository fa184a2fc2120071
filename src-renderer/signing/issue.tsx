import './signing.css'
import { IconArrowBackUp, IconCircle, IconCircleCheck, IconCircleDot, IconPlayerPause, IconPlayerStop } from '@tabler/icons-react'
import { useNavigate, useParams } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IssuanceId, ISSUANCE_STEPS, type IssuanceStep, type IssuanceView } from '@contract/signing'
import { formatTime } from '@contract/format'
import { currentLanguage } from '../app/i18n'
import { useShortcut } from '../app/shortcuts'
import { Button, ConfirmDialog, Empty, FailureNote, FormDialog, Loading, ProblemNote, TextField } from '../parts'
import { problemOf } from '../app/api'
import { Finished } from './finished'
import { IssueAside } from './issue-aside'
import { DemoMark, IssuanceBadge } from './marks'
import { ProviderChoice } from './provider-choice'
import { StepInHand } from './step-in-hand'
import { stepName } from './step-name'
import { type IssuanceActs, useIssuance, useIssuanceActs, useProviders } from './use-signing'

/** No key pair was made yet: the CA may still be another, a step may be done once more. */
const BEFORE_KEY: readonly (IssuanceStep | null)[] = ['consent', 'identity', 'person', 'phone', 'content', 'pin']

/** One citizen's signature, step by step; it opens where it was left, also after the power was gone. */
export function IssueScreen(): ReactNode {
  const { t } = useTranslation('signing-desk')
  const { issuanceId } = useParams({ from: '/signing/$issuanceId' })
  const id = IssuanceId.safeParse(issuanceId)
  if (!id.success) return <main className="work"><div className="main"><h1>{t('issueTitle')}</h1><Empty title={t('unknownIssuance')} /></div></main>
  return <Issue key={id.data} id={id.data} />
}

function Issue({ id }: { id: IssuanceId }): ReactNode {
  const { t } = useTranslation('signing-desk')
  const { data: view, error } = useIssuance(id)
  if (error) return <main className="work"><div className="main"><h1>{t('issueTitle')}</h1><FailureNote error={error} /></div></main>
  return view === undefined ? <main className="work"><Loading /></main> : <Opened view={view} />
}

function Opened({ view }: { view: IssuanceView }): ReactNode {
  const { t } = useTranslation('signing-desk')
  const navigate = useNavigate()
  const acts = useIssuanceActs(view.id)
  const [asking, setAsking] = useState<'stop' | 'provider' | null>(null)
  const running = view.state === 'open' || view.state === 'queued' || view.state === 'waiting'
  const early = running && BEFORE_KEY.includes(view.step)
  const leave = (): void => void navigate({ to: '/signing' })
  useShortcut('Ctrl+G', t('later'), leave)
  return (
    <main className="work signing pan">
      <div className="main">
        <div className="row">
          <div className="grow">
            <div className="row"><h1>{t('issueTitle')}</h1><DemoMark demo={view.provider.demo} /></div>
            <p className="m t2">{view.provider.price[currentLanguage()]} · {t('byCa')} <b className="ink">{view.provider.name}</b> ({t('licence', { licence: view.provider.licence })})</p>
          </div>
          <IssuanceBadge state={view.state} waits={view.waits} />
          {early && <Button small keys="Alt+C" onPress={() => setAsking('provider')}>{t('otherCa')}</Button>}
        </div>
        <FailureNote error={acts.error} />
        {acts.error === null && view.trouble !== null && running && <Trouble view={view} />}
        <section className="card fill steps" aria-label={t('steps')}><div className="scroll grow" tabIndex={0}><Steps view={view} acts={acts} /></div></section>
        <div className="bar">
          <div className="col" style={{ lineHeight: 1.45 }}>
            <span className="m w6">{view.step === null || !running ? t(`state.${view.state}`) : t('stepOf', { number: ISSUANCE_STEPS.indexOf(view.step) + 1, count: ISSUANCE_STEPS.length })}</span>
            <span className="s t2">{running ? t('survives') : t('ended')}</span>
          </div>
          <span className="end row">
            {early && view.step !== 'consent' && <Button small icon={IconArrowBackUp} keys="Alt+R" onPress={acts.again}>{t('again')}</Button>}
            {running && <Button icon={IconPlayerStop} onPress={() => setAsking('stop')}>{t('stop')}</Button>}
            <Button icon={running ? IconPlayerPause : IconArrowBackUp} caps="Ctrl+G" onPress={leave}>{running ? t('later') : t('backToList')}</Button>
          </span>
        </div>
      </div>
      <IssueAside view={view} />
      <StopDialog open={asking === 'stop'} subject={view.subject.fullName} onClose={() => setAsking(null)} onStop={(why) => { setAsking(null); acts.stop(why) }} />
      {asking === 'provider' && <ProviderDialog view={view} acts={acts} onClose={() => setAsking(null)} />}
    </main>
  )
}

function Trouble({ view: { trouble } }: { view: IssuanceView }): ReactNode {
  const { t } = useTranslation('signing-desk')
  if (trouble === null) return null
  const problem = { ...problemOf(null), code: trouble.code as ReturnType<typeof problemOf>['code'], params: {} }
  return <ProblemNote problem={problem} focus={false}>{trouble.text !== null && trouble.text !== '' && <p className="m">{t('saidByCa', { text: trouble.text })}</p>}</ProblemNote>
}

function Steps({ view, acts }: { view: IssuanceView; acts: IssuanceActs }): ReactNode {
  const { t } = useTranslation('signing-desk')
  const done = view.state === 'done' || view.state === 'stopped' || view.state === 'refused'
  const at = view.step === null ? ISSUANCE_STEPS.length : ISSUANCE_STEPS.indexOf(view.step)
  return (
    <ol className="stepsof">
      {ISSUANCE_STEPS.map((step, index) => {
        const left = view.left.find((one) => one.step === step)
        if (!done && step === view.step) return <StepInHand key={`${step} ${view.waits}`} number={index + 1} view={view} step={step} acts={acts} />
        return <Step key={step} number={index + 1} name={stepName(t, view.provider.kind, step)} step={step} left={left} later={ISSUANCE_STEPS.indexOf(step) > at} />
      })}
      {done && <Finished view={view} />}
    </ol>
  )
}

type StepProps = Readonly<{ number: number; name: string; step: IssuanceStep; left: IssuanceView['left'][number] | undefined; later: boolean }>

function Step({ number, name, step, left, later }: StepProps): ReactNode {
  const { t, i18n } = useTranslation('signing-desk')
  const how = left === undefined ? '' : i18n.exists(`left.${step}.${left.how}`, { ns: 'signing-desk' }) ? t(`left.${step}.${left.how}`) : left.how
  return (
    <li className={`stepline ${left === undefined ? 't3' : ''}`}>
      <span className="num t2">{number}</span>
      {left !== undefined ? <IconCircleCheck className="i c-ok" aria-label={t('stepDone')} /> : later ? <IconCircle className="i" aria-hidden /> : <IconCircleDot className="i" aria-hidden />}
      <span className={left === undefined ? '' : 'w5'}>{name}</span>
      <span className="m t2 ell" title={left === undefined ? undefined : left.by}>{left === undefined ? '' : `${how} · ${formatTime(new Date(left.at))}`}</span>
    </li>
  )
}

type StopProps = Readonly<{ open: boolean; subject: string; onClose: () => void; onStop: (why: string) => void }>

function StopDialog({ open, subject, onClose, onStop }: StopProps): ReactNode {
  const { t } = useTranslation('signing-desk')
  const [why, setWhy] = useState('')
  const [asked, setAsked] = useState(false)
  return (
    <ConfirmDialog open={open} title={t('stopTitle', { name: subject })} act={t('stopAct')} dangerous onClose={onClose} onAct={() => (why.trim() === '' ? setAsked(true) : onStop(why.trim()))} safe={t('keepGoing')}>
      <div className="col" style={{ gap: 10 }}>
        <p>{t('stopHelp')}</p>
        <TextField label={t('stopWhy')} value={why} onChange={setWhy} fault={asked && why.trim() === '' ? t('missing.why') : undefined} maxLength={300} required />
      </div>
    </ConfirmDialog>
  )
}

function ProviderDialog({ view, acts, onClose }: { view: IssuanceView; acts: IssuanceActs; onClose: () => void }): ReactNode {
  const { t } = useTranslation('signing-desk')
  const { data } = useProviders()
  const [chosen, setChosen] = useState(view.provider.id)
  return (
    <FormDialog open title={t('otherCa')} onClose={onClose}>
      <div className="col" style={{ gap: 14 }}>
        {data && <ProviderChoice providers={data} value={chosen} onChange={setChosen} />}
        <div className="row" style={{ justifyContent: 'flex-end' }}>
          <Button caps="Escape" onPress={onClose}>{t('cancel')}</Button>
          <Button kind="primary" keys="Ctrl+Enter" onPress={() => { acts.provider(chosen); onClose() }}>{t('takeCa')}</Button>
        </div>
      </div>
    </FormDialog>
  )
}
