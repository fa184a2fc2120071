import { IconAlertTriangle, IconArrowBackUp, IconCheck, IconTrash } from '@tabler/icons-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { HandedOver } from '@contract/assist'
import type { DraftId } from '@contract/ids'
import { core } from './client'
import { Matter } from './matter'
import { Papers } from './papers'
import { PersonStep } from './person'
import { type Problem, problemOf, ProblemNote } from './problem'
import { Review } from './review'
import { isDone, nextStep, previousStep, type Step, STEPS, stepToBegin } from './steps'
import { useErrand } from './use-errand'

type Props = Readonly<{ onLeave: () => void; onDiscarded: (id: DraftId) => void; onHanded: (handed: HandedOver) => void }>

/** One draft, step by step. Everything typed is saved by itself. */
export function ErrandScreen({ onLeave, onDiscarded, onHanded }: Props): ReactNode {
  const { t } = useTranslation('helper')
  const { errand, state } = useErrand()
  const [step, setStep] = useState<Step>(() => stepToBegin(errand.get().view))
  const [problem, setProblem] = useState<Problem | null>(null)
  const [busy, setBusy] = useState(false)
  const title = useRef<HTMLHeadingElement>(null)
  const { id, sentBack } = state.view
  useEffect(() => title.current?.focus(), [step])
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey) return
      if (event.key.toLowerCase() === 'z' && !event.shiftKey) errand.undo()
      else if (event.key === 'Enter') document.querySelector<HTMLElement>('.acts-bar .primary')?.click()
      else return
      event.preventDefault()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [errand])
  // What was typed last is saved when the window is left, too.
  useEffect(() => () => void errand.flush(), [errand])

  const attempt = async (act: () => Promise<void>): Promise<void> => {
    if (busy) return
    setBusy(true)
    try {
      const { saved, problem: failed } = await errand.flush()
      if (saved === 'failed' && failed) setProblem(failed)
      else await act()
    } catch (error) {
      setProblem(problemOf(error))
    } finally {
      setBusy(false)
    }
  }
  const go = (to: Step): void => {
    setProblem(null)
    setStep(to)
  }
  const discard = (): Promise<void> => attempt(async () => {
    await core.discard({ draftId: id })
    onDiscarded(id)
  })
  const handOver = (note: string): Promise<void> => attempt(async () => onHanded(await core.handOver({ draftId: id, note })))

  return (
    <main className="helper">
      <StepBar step={step} onGo={go} />
      <div className="scroll step-body" key={step}>
        <h1 className="sr" ref={title} tabIndex={-1}>{t(`step.${step}`)}</h1>
        <ProblemNote problem={problem ?? state.problem} />
        {sentBack && step !== 'review' && <p className="note warn"><IconAlertTriangle className="i" aria-hidden /><span>{t('home.sentBack', { note: sentBack.note })}</span></p>}
        {step === 'matter' && <Matter />}
        {step === 'person' && <PersonStep />}
        {step === 'papers' && <Papers />}
        {step === 'review' && <Review onGo={go} onHandOver={(note) => void handOver(note)} busy={busy} />}
      </div>
      <div className="acts-bar">
        <button type="button" className="act" onClick={() => (step === 'matter' ? void attempt(async () => onLeave()) : go(previousStep(step)))}>{step === 'matter' ? t('toDrafts') : t('back', { ns: 'common' })}</button>
        <button type="button" className="act plain" onClick={() => void discard()}><IconTrash className="i" aria-hidden />{t('discard')}</button>
        <SavedState />
        {/* One is not made into the other: a click that begins on the one would end on the other. */}
        {step === 'review'
          ? <button key="hand-over" type="submit" form="hand-over" className="act primary" aria-disabled={busy}>{t('handOver')}</button>
          : <button key="next" type="button" className="act primary" onClick={() => go(nextStep(step))}>{t(`next.${step}`)}</button>}
      </div>
    </main>
  )
}

function SavedState(): ReactNode {
  const { t } = useTranslation('helper')
  const { errand, state: { saved, canUndo } } = useErrand()
  return (
    <>
      <button type="button" className="act plain" aria-disabled={!canUndo} onClick={() => errand.undo()}><IconArrowBackUp className="i" aria-hidden />{t('undo', { ns: 'common' })}</button>
      <span className={`saved grow ${saved}`} role="status">{saved === 'saved' && <IconCheck className="i" aria-hidden />}{t(`saved.${saved}`)}</span>
    </>
  )
}

function StepBar({ step, onGo }: { step: Step; onGo: (step: Step) => void }): ReactNode {
  const { t } = useTranslation('helper')
  const { state } = useErrand()
  return (
    <nav aria-label={t('steps')}>
      <ol className="steps">
        {STEPS.map((item, index) => {
          const done = isDone(item, { ...state.view, content: state.content })
          return (
            <li key={item}>
              <button type="button" aria-current={item === step ? 'step' : undefined} className={done ? 'done' : ''} onClick={() => onGo(item)}>
                <span className="dot">{done ? <IconCheck className="i" aria-hidden /> : index + 1}</span><span className="name">{t(`step.${item}`)}</span>{done && <span className="sr">{t('stepDone')}</span>}
              </button>
            </li>
          )
        })}
      </ol>
    </nav>
  )
}
