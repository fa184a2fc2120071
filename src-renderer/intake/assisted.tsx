import { IconUsersGroup } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AssistedDraft } from '@contract/assist'
import { formatTime } from '@contract/format'
import type { DraftId } from '@contract/ids'
import { api } from '../app/api'
import { keys, queryClient } from '../app/queries'
import { Button, Card, FailureNote, focusField, FormDialog, Table, TextField } from '../parts'
import { dayOf } from './money-cards'

const whenOf = (at: string): string => `${formatTime(new Date(at))} ${dayOf(at)}`
const anew = (): void => void queryClient.invalidateQueries({ queryKey: ['assisted'] })

/** Drafts that helpers have handed over, the oldest first. */
export const useAssisted = () => useQuery({ queryKey: keys.assisted, queryFn: () => api.assisted.waiting(), staleTime: 0 })

/** The drafts that helpers filled in: one key makes one the officer's own, and everything in it stands in the intake. */
export function AssistedDrafts({ drafts }: { drafts: readonly AssistedDraft[] }): ReactNode {
  const { t } = useTranslation('intake')
  const navigate = useNavigate()
  const [selected, setSelected] = useState<string | null>(null)
  const [back, setBack] = useState<AssistedDraft | null>(null)
  const accept = useMutation({
    mutationFn: ({ id }: AssistedDraft) => api.assisted.accept({ draftId: id }),
    onSuccess: ({ id }) => navigate({ to: '/intake/$draftId', params: { draftId: id } }),
    onError: anew,
  })
  return (
    <>
      <FailureNote error={accept.error} />
      <Card title={t('assisted.title')} icon={IconUsersGroup} fill flush aside={<span className="s t2">{t('start.count', { count: drafts.length })}</span>}>
        <Table
          label={t('assisted.title')} rows={drafts} idOf={({ id }) => id} selected={selected ?? drafts[0]?.id} onSelect={({ id }) => setSelected(id)} onOpen={(draft) => accept.mutate(draft)}
          columns={[
            { key: 'number', title: t('assisted.number'), width: 62, right: true, cell: ({ number }) => <b>{number}</b> },
            { key: 'who', title: t('step.person'), width: 210, cell: ({ applicantName }) => <b>{applicantName}</b> },
            { key: 'what', title: t('step.procedure'), cell: ({ procedureName, lacking, note }) => <What procedure={procedureName} lacking={lacking} note={note} /> },
            { key: 'by', title: t('assisted.by'), width: 170, cell: ({ helper }) => helper.name },
            { key: 'at', title: t('assisted.at'), width: 112, right: true, cell: ({ handedAt }) => whenOf(handedAt) },
            { key: 'acts', title: t('assisted.acts'), width: 206, cell: (draft) => (
              <span className="row" style={{ gap: 6 }}>
                <Button small kind="primary" caps="Enter" label={t('assisted.acceptOf', { number: draft.number })} onPress={() => accept.mutate(draft)}>{t('assisted.accept')}</Button>
                <Button small label={t('assisted.sendBackOf', { number: draft.number })} onPress={() => setBack(draft)}>{t('assisted.sendBack')}</Button>
              </span>
            ) },
          ]}
        />
      </Card>
      {back && <SendBack draft={back} onClose={() => setBack(null)} />}
    </>
  )
}

function What({ procedure, lacking, note }: { procedure: string | null; lacking: number; note: string }): ReactNode {
  const { t } = useTranslation('intake')
  const more = [lacking > 0 ? t('assisted.lacking', { count: lacking }) : '', note].filter((part) => part !== '').join(' · ')
  return <span className="assisted-what"><span className="ell">{procedure ?? t('procedure.noneYet')}</span>{more !== '' && <span className="s t2 ell" title={more}>{more}</span>}</span>
}

function SendBack({ draft, onClose }: { draft: AssistedDraft; onClose: () => void }): ReactNode {
  const { t } = useTranslation('intake')
  const [note, setNote] = useState('')
  const [asked, setAsked] = useState(false)
  const missing = note.trim() === ''
  const send = useMutation({ mutationFn: () => api.assisted.sendBack({ draftId: draft.id, note: note.trim() }), onSuccess: onClose, onSettled: anew })
  const act = (): void => {
    setAsked(true)
    if (missing) focusField('send-back-note')
    else send.mutate()
  }
  return (
    <FormDialog open title={t('assisted.sendBackOf', { number: draft.number })} onClose={onClose}>
      <div className="col" style={{ gap: 12 }}>
        <p>{t('assisted.sendBackHelp', { name: draft.helper.name })}</p>
        <TextField label={t('assisted.why')} name="send-back-note" lines={3} value={note} onChange={setNote} required maxLength={1000} autoFocus fault={asked && missing ? t('assisted.whyMissing') : undefined} />
        <FailureNote error={send.error} />
        <div className="row" style={{ justifyContent: 'flex-end' }}>
          <Button onPress={onClose}>{t('back', { ns: 'common' })}</Button>
          <Button kind="primary" keys="Ctrl+Enter" onPress={act}>{t('assisted.sendBack')}</Button>
        </div>
      </div>
    </FormDialog>
  )
}

/** Beside the intake: who filled it in, and what they wanted the officer to know. Nothing for an officer's own draft. */
export function AssistedCard({ draftId }: { draftId: DraftId }): ReactNode {
  const { t } = useTranslation('intake')
  const { data } = useQuery({ queryKey: keys.assistedOf(draftId), queryFn: () => api.assisted.of({ draftId }) })
  if (!data) return null
  return (
    <Card title={t('assisted.card', { number: data.number })} icon={IconUsersGroup}>
      <p>{t('assisted.filledBy', { name: data.helper.name, time: whenOf(data.handedAt) })}</p>
      {data.note !== '' && <p className="w6">{data.note}</p>}
    </Card>
  )
}
