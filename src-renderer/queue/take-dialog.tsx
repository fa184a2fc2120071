import { useMutation } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { QUEUE_GROUPS, type QueueGroup, type QueueKind } from '@contract/queue'
import { api } from '../app/api'
import { queryClient } from '../app/queries'
import { Button, FailureNote, FormDialog, SelectField, useAnnounce } from '../parts'

type Props = Readonly<{ open: boolean; kinds: readonly QueueKind[]; onClose: () => void }>

/** A number for somebody who cannot use the kiosk. */
export function TakeDialog({ open, kinds, onClose }: Props): ReactNode {
  const { t } = useTranslation('queue')
  return <FormDialog open={open} title={t('takeTitle')} onClose={onClose}>{open && <Form kinds={kinds} onClose={onClose} />}</FormDialog>
}

function Form({ kinds, onClose }: Omit<Props, 'open'>): ReactNode {
  const { t } = useTranslation('queue')
  const { toast } = useAnnounce()
  const [letter, setLetter] = useState(kinds[0]?.letter ?? 'A')
  const [group, setGroup] = useState<QueueGroup>('ordinary')
  const take = useMutation({
    mutationFn: () => api.queue.take({ letter, group }),
    onSuccess: ({ label }) => {
      toast(t('taken', { label }))
      void queryClient.invalidateQueries({ queryKey: ['queue'] })
      onClose()
    },
  })
  return (
    <div className="col" style={{ gap: 14 }}>
      <SelectField label={t('column.kind')} value={letter} options={kinds.map((kind) => ({ value: kind.letter, label: `${kind.letter} · ${kind.name}` }))} onChange={setLetter} />
      <SelectField label={t('groupTitle')} value={group} options={QUEUE_GROUPS.map((code) => ({ value: code, label: t(`group.${code}`) }))} onChange={setGroup} />
      <FailureNote error={take.error} />
      <div className="row" style={{ justifyContent: 'flex-end' }}>
        <Button onPress={onClose} caps="Escape">{t('back', { ns: 'common' })}</Button>
        <Button kind="primary" keys="Ctrl+Enter" autoFocus onPress={() => take.mutate()} waitsFor={take.isPending ? t('taking') : undefined}>{t('give')}</Button>
      </div>
    </div>
  )
}
