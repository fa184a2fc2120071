import { IconArrowsShuffle, IconCalendarPlus, IconFilePlus } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DossierView } from '@contract/dossier'
import type { Acts } from '@contract/handling'
import { useShortcut } from '../app/shortcuts'
import { Button, FailureNote, FormDialog, KeyCaps } from '../parts'
import { DossierAct } from './dossier-act'
import { MoveDialog } from './move-dialog'
import { barOf, isFinalStep, moveWord, otherSteps, type Step, usualStep } from './moves'
import { useCorrect } from './use-correct'

type Props = Readonly<{ dossier: DossierView; acts: Acts | undefined; first: Step | null; onMoved: (dossier: DossierView) => void }>

const keyOf = (step: Step): string => (step.kind === 'act' ? step.act : step.kind === 'move' ? String(step.to) : 'results')

function useWords(dossier: DossierView): (step: Step, part: 'act' | 'effect') => string {
  const { t } = useTranslation('dossier')
  const { t: acts } = useTranslation('acts')
  return (step, part) => (step.kind === 'act' ? acts(`${step.act}.${part}`) : t(`move.${step.kind === 'results' ? '10' : moveWord(dossier.state, step.to)}.${part}`))
}

/** What can be done with the dossier now: the usual step as primary, apology and supplement beside it, the others behind one button. */
export function MoveBar({ dossier, acts, first, onMoved }: Props): ReactNode {
  const { t } = useTranslation('dossier')
  const navigate = useNavigate()
  const words = useWords(dossier)
  const [step, setStep] = useState<Step | null>(first)
  const [choosing, setChoosing] = useState(false)
  const { state, nextStates, submission } = dossier
  const usual = usualStep(state, nextStates, acts)
  const others = otherSteps(state, nextStates, acts)
  const returned = submission === 'attention'
  const open = (chosen: Step): void => (chosen.kind === 'results' ? void navigate({ to: '/results', search: { dossier: dossier.id } }) : setStep(chosen))
  const possible = (act: 'extension' | 'supplement'): boolean => acts !== undefined && barOf(acts, act) === null
  return (
    <div className="bar">
      <span className="m t2 grow">{t(returned ? 'bar.returned' : usual === null ? 'bar.nothing' : `bar.state-${String(state)}`)}</span>
      {others.length > 0 && <Button icon={IconArrowsShuffle} keys="Ctrl+M" onPress={() => setChoosing(true)}>{t('move.other')}</Button>}
      {possible('extension') && <Button icon={IconCalendarPlus} keys="Ctrl+H" onPress={() => open({ kind: 'act', act: 'extension' })}>{t('move.apology')}</Button>}
      {possible('supplement') && <Button icon={IconFilePlus} keys="Ctrl+B" onPress={() => open({ kind: 'act', act: 'supplement' })}>{t('move.supplement')}</Button>}
      {returned && usual !== null && <Button onPress={() => open(usual)}>{words(usual, 'act')}</Button>}
      {returned ? <Correct dossier={dossier} /> : usual !== null && <Button kind="primary" keys="Ctrl+Enter" onPress={() => open(usual)}>{words(usual, 'act')}</Button>}
      <FormDialog open={choosing} title={t('move.otherTitle')} onClose={() => setChoosing(false)}>
        {choosing && <Choices steps={others} words={words} onChoose={(chosen) => { setChoosing(false); open(chosen) }} />}
      </FormDialog>
      {step?.kind === 'move' && <MoveDialog key={step.to} dossier={dossier} to={step.to} onClose={() => setStep(null)} onDone={(moved) => { setStep(null); onMoved(moved) }} />}
      {step?.kind === 'act' && acts && <DossierAct dossier={dossier} acts={acts} kind={step.act} onClose={() => setStep(null)} onDone={(done) => { setStep(null); onMoved(done.dossier) }} />}
    </div>
  )
}

/** The city has not taken it. */
function Correct({ dossier }: { dossier: DossierView }): ReactNode {
  const { t } = useTranslation('dossier')
  const correct = useCorrect(dossier)
  return (
    <>
      <FailureNote error={correct.error} />
      <Button kind="primary" keys="Ctrl+Enter" waitsFor={correct.isPending ? t('correct.opening') : undefined} onPress={() => correct.mutate()}>{t('correct.act', { version: dossier.version + 1 })}</Button>
    </>
  )
}

type Words = ReturnType<typeof useWords>

function Choices({ steps, words, onChoose }: { steps: readonly Step[]; words: Words; onChoose: (step: Step) => void }): ReactNode {
  return (
    <div className="card" style={{ boxShadow: 'none' }}>
      {steps.map((step, index) => <Choice key={keyOf(step)} step={step} words={words} digit={String(index + 1)} onChoose={() => onChoose(step)} />)}
    </div>
  )
}

function Choice({ step, words, digit, onChoose }: { step: Step; words: Words; digit: string; onChoose: () => void }): ReactNode {
  useShortcut(digit, words(step, 'act'), onChoose)
  return (
    <button type="button" className="item" data-autofocus={digit === '1'} onClick={onChoose} aria-keyshortcuts={digit}>
      <span className="grow"><span className={`w6 ${isFinalStep(step) ? 'c-bad' : ''}`} style={{ display: 'block' }}>{words(step, 'act')}</span><span className="s t2">{words(step, 'effect')}</span></span>
      <KeyCaps keys={digit} />
    </button>
  )
}
