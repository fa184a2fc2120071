import { IconAlertTriangle, IconCircleCheck, IconDeviceFloppy, IconDeviceMobile, IconDeviceTv } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { SigningJob, SignTarget } from '@contract/signing'
import { api } from '../app/api'
import { queryClient } from '../app/queries'
import { Badge, Button, FailureNote, Note } from '../parts'

/** How signing went; a remote one waits for the citizen's phone and may be left: it goes on by itself. */
export function JobState({ job: begun, onClose }: { job: SigningJob; onClose: () => void }): ReactNode {
  const { t } = useTranslation('signing-desk')
  const key = ['signing', 'job', begun.id] as const
  const { data: job } = useQuery({ queryKey: key, queryFn: () => api.signing.job({ id: begun.id }), initialData: begun, refetchInterval: ({ state }) => (state.data?.state === 'waiting' || state.data?.state === 'signing' ? 1500 : false) })
  const cancel = useMutation({ mutationFn: () => api.signing.cancel({ id: begun.id }), onSuccess: (next) => queryClient.setQueryData(key, next) })
  const save = useMutation({ mutationFn: (target: SignTarget) => api.signing.save({ target }) })
  const waiting = job.state === 'waiting' || job.state === 'signing'
  return (
    <div className="col" style={{ gap: 14 }}>
      <Note tint={job.state === 'done' ? 'ok' : waiting ? 'info' : 'bad'} icon={job.state === 'done' ? IconCircleCheck : waiting ? (job.how === 'remote' ? IconDeviceMobile : IconDeviceTv) : IconAlertTriangle} role="status"><b>{t(waiting && job.how === 'token' ? 'waitsForPin' : `job.${job.state}`)}</b>{waiting && job.how === 'remote' && <p className="m">{t('confirmOnPhone')}</p>}</Note>
      <ul className="targets">{job.documents.map(({ target, title, level, code }) => <li key={target.id} className="row m"><span className="grow ell" title={title}>{title}</span>{level !== null && <><Badge tint="ok">PAdES {level}</Badge><Button small icon={IconDeviceFloppy} onPress={() => save.mutate(target)}>{t('save')}</Button></>}{code !== null && <Badge tint="bad" icon={IconAlertTriangle}>{t(`${code}.what`, { ns: 'errors' })}</Badge>}</li>)}</ul>
      {save.data && <p className="s t2" role="status">{t(save.data.saved ? 'outcome.saved' : 'outcome.cancelled')}</p>}
      <FailureNote error={cancel.error ?? save.error} />
      <div className="row" style={{ justifyContent: 'flex-end' }}>
        {waiting && <Button onPress={() => cancel.mutate()}>{t('waitNoMore')}</Button>}
        <Button kind="primary" keys="Ctrl+Enter" autoFocus onPress={onClose}>{t(waiting ? 'goOnMeanwhile' : 'close')}</Button>
      </div>
    </div>
  )
}
