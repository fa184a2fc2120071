import { IconArrowsShuffle, IconFilePlus } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DossierState, DossierView } from '@contract/dossier'
import { api } from '../app/api'
import { useShortcut } from '../app/shortcuts'
import { Button, FailureNote, FormDialog, KeyCaps } from '../parts'
import { MoveDialog } from './move-dialog'
import { isFinal, moveWord, otherMoves, usualMove } from './moves'

type Props = Readonly<{ dossier: DossierView; onMoved: (dossier: DossierView) => void }>

/** What can be done with the dossier now: the usual move as primary, a supplement request, the others behind one button. */
export function MoveBar({ dossier, onMoved }: Props): ReactNode {
  const { t } = useTranslation('dossier')
  const [to, setTo] = useState<DossierState | null>(null)
  const [choosing, setChoosing] = useState(false)
  const { state, nextStates, submission } = dossier
  const usual = usualMove(state, nextStates)
  const others = otherMoves(state, nextStates)
  const returned = submission === 'attention'
  return (
    <div className="bar">
      <span className="m t2 grow">{t(returned ? 'bar.returned' : usual === null ? 'bar.nothing' : `bar.state-${String(state)}`)}</span>
      {others.length > 0 && <Button icon={IconArrowsShuffle} keys="Ctrl+M" onPress={() => setChoosing(true)}>{t('move.other')}</Button>}
      {nextStates.includes(5) && <Button icon={IconFilePlus} keys="Ctrl+B" onPress={() => setTo(5)}>{t('move.5.act')}</Button>}
      {returned && usual !== null && <Button onPress={() => setTo(usual)}>{t(`move.${moveWord(state, usual)}.act`)}</Button>}
      {returned ? <Correct dossier={dossier} /> : usual !== null && <Button kind="primary" keys="Ctrl+Enter" onPress={() => setTo(usual)}>{t(`move.${moveWord(state, usual)}.act`)}</Button>}
      <FormDialog open={choosing} title={t('move.otherTitle')} onClose={() => setChoosing(false)}>
        {choosing && <Choices from={state} moves={others} onChoose={(move) => { setChoosing(false); setTo(move) }} />}
      </FormDialog>
      {to !== null && <MoveDialog key={to} dossier={dossier} to={to} onClose={() => setTo(null)} onDone={(moved) => { setTo(null); onMoved(moved) }} />}
    </div>
  )
}

/** The city has not taken it: open it again as a draft; committing that makes the next version. */
function Correct({ dossier }: { dossier: DossierView }): ReactNode {
  const { t } = useTranslation('dossier')
  const navigate = useNavigate()
  const correct = useMutation({
    mutationFn: () => api.dossiers.correct({ dossierId: dossier.id }),
    onSuccess: ({ id }) => navigate({ to: '/intake/$draftId', params: { draftId: id } }),
  })
  return (
    <>
      <FailureNote error={correct.error} />
      <Button kind="primary" keys="Ctrl+Enter" waitsFor={correct.isPending ? t('correct.opening') : undefined} onPress={() => correct.mutate()}>{t('correct.act', { version: dossier.version + 1 })}</Button>
    </>
  )
}

function Choices({ from, moves, onChoose }: { from: DossierState; moves: readonly DossierState[]; onChoose: (to: DossierState) => void }): ReactNode {
  return (
    <div className="card" style={{ boxShadow: 'none' }}>
      {moves.map((to, index) => <Choice key={to} from={from} to={to} digit={String(index + 1)} onChoose={() => onChoose(to)} />)}
    </div>
  )
}

function Choice({ from, to, digit, onChoose }: { from: DossierState; to: DossierState; digit: string; onChoose: () => void }): ReactNode {
  const { t } = useTranslation('dossier')
  const word = moveWord(from, to)
  useShortcut(digit, t(`move.${word}.act`), onChoose)
  return (
    <button type="button" className="item" data-autofocus={digit === '1'} onClick={onChoose} aria-keyshortcuts={digit}>
      <span className="grow"><span className={`w6 ${isFinal(to) ? 'c-bad' : ''}`} style={{ display: 'block' }}>{t(`move.${word}.act`)}</span><span className="s t2">{t(`move.${word}.effect`)}</span></span>
      <KeyCaps keys={digit} />
    </button>
  )
}
