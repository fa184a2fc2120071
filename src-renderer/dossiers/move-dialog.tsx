import { IconAlertTriangle } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DossierState, DossierView } from '@contract/dossier'
import { api } from '../app/api'
import { keys, queryClient } from '../app/queries'
import { Button, focusField, FormDialog, Note, TextField } from '../parts'
import { isFinal, moveWord } from './moves'
import { Refused } from './refused'

type Props = Readonly<{ dossier: DossierView; to: DossierState; onDone: (dossier: DossierView) => void; onClose: () => void }>

const LONGEST = 2000

/** One move: what it means, the reason in words (it goes to the city and into the history), and for a final one a second key. */
export function MoveDialog({ dossier, to, onDone, onClose }: Props): ReactNode {
  const { t } = useTranslation('dossier')
  const word = moveWord(dossier.state, to)
  const [note, setNote] = useState('')
  const [asked, setAsked] = useState(false)
  const [armed, setArmed] = useState(false)
  const move = useMutation({
    mutationFn: () => api.dossiers.changeState({ dossierId: dossier.id, version: dossier.version, to, note: note.trim() }),
    onSuccess: (moved) => {
      queryClient.setQueryData(keys.dossier(dossier.id), moved)
      onDone(moved)
    },
  })
  const missing = note.trim() === ''
  const act = (): void => {
    setAsked(true)
    if (missing) focusField('move-note')
    else if (isFinal(to) && !armed) setArmed(true)
    else move.mutate()
  }
  const type = (typed: string): void => {
    setNote(typed)
    setArmed(false)
  }
  return (
    <FormDialog open title={t(`move.${word}.act`)} onClose={onClose}>
      <div className="col" style={{ gap: 12 }}>
        <p>{t(`move.${word}.effect`)}</p>
        <TextField
          label={t(`move.${word}.note`)} name="move-note" lines={4} value={note} onChange={type} required maxLength={LONGEST} autoFocus
          hint={t('move.noteHint')} fault={asked && missing ? t('move.noteMissing') : undefined}
        />
        {armed && <Note tint="warn" icon={IconAlertTriangle} role="alert"><b>{t('move.second')}</b> {t('move.secondHelp')}</Note>}
        {move.error !== null && <Refused error={move.error} onSeen={onClose} />}
        <div className="row" style={{ justifyContent: 'flex-end' }}>
          <Button onPress={onClose}>{t('back', { ns: 'common' })}</Button>
          <Button kind={isFinal(to) ? 'danger' : 'primary'} keys="Ctrl+Enter" waitsFor={move.isPending ? t('move.saving') : undefined} onPress={act}>
            {armed ? t('move.sure', { act: t(`move.${word}.act`) }) : t(`move.${word}.act`)}
          </Button>
        </div>
      </div>
    </FormDialog>
  )
}
