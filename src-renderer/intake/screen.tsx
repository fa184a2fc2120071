import './intake.css'
import { useNavigate, useParams } from '@tanstack/react-router'
import { type FocusEvent, type ReactNode, useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DossierView } from '@contract/dossier'
import { DraftId } from '@contract/ids'
import { useShortcut } from '../app/shortcuts'
import { ChipTrouble } from '../chip/trouble'
import { useIntakeChip, type IntakeChip } from '../chip/use-intake-chip'
import { useCardTaker } from '../codes/router'
import { Button, Card, Empty, FailureNote, FaultSummary, Loading, Note, ProblemNote } from '../parts'
import { takeUpWith } from '../queue/bind'
import { ActionBar } from './action-bar'
import { AppointmentStep } from './appointment-step'
import { IntakeAside } from './aside'
import { Done } from './done'
import type { DraftStore } from './draft-store'
import { DuplicateDialog } from './duplicates'
import { FeeStep } from './fee-step'
import { focusInStep, focusStep } from './focus'
import { openDoubts } from './card-doubts'
import { AppointmentCard, FeeCard } from './money-cards'
import { PapersStep } from './papers-step'
import { PersonStep } from './person-step'
import { ProcedureStep } from './procedure-step'
import { ReviewStep } from './review-step'
import { ScanInSight } from './scan-in-sight'
import { firstStep, type Step, stepOf } from './steps'
import { STEP_KEYS, StepsBar } from './steps-bar'
import { type CardReading, useCard } from './use-card'
import { HandProvider, useDraft, useDraftStore, useHand } from './use-draft'
import { useReceive } from './use-receive'
import { useStartDraft } from './use-start-draft'
import { VerdictBadge } from './verdict'

/** One errand at the counter, from the card to the number: everything on one screen, saved while it is typed. */
export function IntakeScreen(): ReactNode {
  const { draftId } = useParams({ from: '/intake/$draftId' })
  const { t } = useTranslation('intake')
  const [received, setReceived] = useState<{ of: string; dossier: DossierView } | null>(null)
  const next = useStartDraft()
  if (received?.of === draftId) return <Done dossier={received.dossier} onNext={next.start} error={next.error} />
  const id = DraftId.safeParse(draftId)
  if (!id.success) return <main className="work"><div className="main"><h1>{t('title')}</h1><ProblemNote problem={NO_DRAFT} /></div></main>
  return <Opened key={draftId} id={id.data} onReceived={(dossier) => setReceived({ of: draftId, dossier })} />
}

function Opened({ id, onReceived }: { id: DraftId; onReceived: (dossier: DossierView) => void }): ReactNode {
  const { t } = useTranslation('intake')
  const navigate = useNavigate()
  const { data: store, error } = useDraftStore(id)
  if (error) return <main className="work"><div className="main"><h1>{t('title')}</h1><FailureNote error={error}><Button onPress={() => void navigate({ to: '/intake' })}>{t('toDrafts')}</Button></FailureNote></div></main>
  return store ? <Intake store={store} onReceived={onReceived} /> : <main className="work"><Loading /></main>
}

const NO_DRAFT = { code: 'HS-001', params: {} } as const

function Intake({ store, onReceived }: { store: DraftStore; onReceived: (dossier: DossierView) => void }): ReactNode {
  const { t } = useTranslation('intake')
  const hand = useHand(store)
  const { state, edit } = hand
  const [step, setStep] = useState<Step>(() => firstStep(store.get().content))
  const toPerson = useCallback(() => setStep('person'), [])
  const card = useCard(store, toPerson)
  const chip = useIntakeChip(store, toPerson)
  useCardTaker(card.read)
  const work = useReceive(hand, onReceived)
  useRestoredFocus(store)
  useEffect(() => void takeUpWith(store.id), [store])

  const go = (next: Step): void => {
    setStep(next)
    focusStep(next)
  }
  const goToField = (field: string): void => {
    setStep(stepOf(field))
    focusInStep(field)
  }
  const remember = (event: FocusEvent<HTMLElement>): void => {
    const name = event.target.getAttribute('name') ?? event.target.dataset['field']
    if (name && name !== 'scan' && !name.startsWith('chip.') && name.length <= 80) edit((now) => (now.focus === name ? now : { ...now, focus: name }))
  }
  const faults = work.faults.map((gap) => ({ field: gap.field, words: t(`gap.${gap.code}`, gap.field.startsWith('owner.') ? { ...gap.params, context: 'owner' } : gap.params) }))
  const searching = step === 'procedure'
  return (
    <HandProvider value={hand}>
      <StepKeys onGo={go} onPark={work.park} />
      <main className={`work intake ${searching ? 'searching' : 'pan'}`} onFocus={remember}>
        <div className="main">
          <StepsBar step={step} onGo={go} />
          {faults.length > 0 && <div className="faults"><FaultSummary faults={faults} title={t('gapTitle', { count: faults.length })} onGo={goToField} attempt={work.attempt} /></div>}
          {work.error !== null && <FailureNote error={work.error}><Button small onPress={work.receive}>{t('tryAgain')}</Button></FailureNote>}
          {state.saved === 'failed' && state.problem && <ProblemNote problem={state.problem} focus={false}><Button small onPress={() => void store.flush()}>{t('saveAgain')}</Button></ProblemNote>}
          {state.merged && <Note tint="warn" role="status"><div className="row"><span className="grow">{t('merged')}</span><Button small onPress={store.acknowledge}>{t('mergedRead')}</Button></div></Note>}
          {searching && <ChipTrouble chip={chip} boxed onOpen={() => go('person')} />}
          <ScanInSight hidden={searching} />
          <div className="step-work" data-step={step}><StepInHand step={step} card={card} chip={chip} onGo={go} /></div>
          {!searching && <ActionBar onReceive={work.receive} onUnseen={work.receiveUnseen} onPark={work.park} onDiscard={work.discard} receiving={work.receiving} />}
        </div>
        <IntakeAside cardWarnings={openDoubts(card.warnings, state.content)} chip={chip} step={step} onGo={go} />
      </main>
      <DuplicateDialog duplicates={work.duplicates} onReceive={work.receiveAnyway} onClose={work.closeDuplicates} />
    </HandProvider>
  )
}

function StepKeys({ onGo, onPark }: { onGo: (step: Step) => void; onPark: () => void }): ReactNode {
  const { t } = useTranslation('intake')
  useShortcut(STEP_KEYS.person, t('step.person'), () => onGo('person'))
  useShortcut(STEP_KEYS.procedure, t('step.procedure'), () => onGo('procedure'))
  useShortcut(STEP_KEYS.papers, t('step.papers'), () => onGo('papers'))
  useShortcut(STEP_KEYS.fee, t('step.fee'), () => onGo('fee'))
  useShortcut(STEP_KEYS.appointment, t('step.appointment'), () => onGo('appointment'))
  useShortcut(STEP_KEYS.review, t('step.review'), () => onGo('review'))
  useShortcut('Ctrl+G', t('bar.park'), onPark)
  return null
}

/** After a crash the work goes on in the very field where it stood. */
function useRestoredFocus(store: DraftStore): void {
  useEffect(() => {
    const { content } = store.get()
    if (content.focus === null) focusStep(firstStep(content))
    else focusInStep(content.focus)
  }, [store])
}

function StepInHand({ step, card, chip, onGo }: { step: Step; card: CardReading; chip: IntakeChip; onGo: (step: Step) => void }): ReactNode {
  const { t } = useTranslation('intake')
  const { content, procedure } = useDraft()
  if (step === 'procedure') return <ProcedureStep onDone={() => onGo('papers')} />
  if (step === 'person') return <><h1 className="sr">{t('title')}</h1><PersonStep card={card} chip={chip} onDone={() => onGo('procedure')} /></>
  if (step === 'review') return <><h1 className="sr">{t('title')}</h1><ReviewStep onGo={onGo} /></>
  if (!procedure && content.procedure) return <Loading />
  if (!procedure) return <><h1 className="sr">{t('title')}</h1><NoProcedure onGo={onGo} /></>
  return (
    <>
      <ProcedureHead onGo={onGo} />
      {step === 'papers' && <PapersStep key={procedure.code} procedure={procedure} />}
      {step === 'fee' && <FeeStep procedure={procedure} />}
      {step === 'appointment' && <AppointmentStep />}
      <div className="row briefs">
        {step !== 'fee' && <FeeCard onOpen={() => onGo('fee')} />}
        {step !== 'appointment' && <AppointmentCard onOpen={() => onGo('appointment')} />}
      </div>
    </>
  )
}

function ProcedureHead({ onGo }: { onGo: (step: Step) => void }): ReactNode {
  const { t } = useTranslation('intake')
  const { procedure, state } = useDraft()
  if (!procedure) return null
  return (
    <div className="row" style={{ gap: 14, padding: '0 2px' }}>
      <div className="grow">
        <h1 className="ell" title={procedure.name}>{procedure.shortName ?? procedure.name}</h1>
        <p className="m t2"><span className="w6 num">{procedure.code}</span> · {procedure.field} · {t('procedure.catalogue', { version: procedure.version })}</p>
      </div>
      {state.view.verdict && <VerdictBadge verdict={state.view.verdict} />}
      <Button small caps="Alt+T" onPress={() => onGo('procedure')}>{t('procedure.changeIt')}</Button>
    </div>
  )
}

function NoProcedure({ onGo }: { onGo: (step: Step) => void }): ReactNode {
  const { t } = useTranslation('intake')
  return <Card fill label={t('procedure.noneYet')}><Empty title={t('procedure.noneYet')} actions={<Button onPress={() => onGo('procedure')} caps="Alt+T">{t('procedure.find')}</Button>}>{t('procedure.noneYetHelp')}</Empty></Card>
}
