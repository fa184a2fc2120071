import { IconAlertTriangle, IconCircleCheck, IconDeviceMobile } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { SigningJob } from '@contract/signing'
import { api } from '../app/api'
import { queryClient } from '../app/queries'
import { Badge, Button, FailureNote, Note } from '../parts'

/** How signing went; a remote one waits for the citizen's phone and may be left: it goes on by itself. */
export function JobState({ job: begun, onClose }: { job: SigningJob; onClose: () => void }): ReactNode {
  const { t } = useTranslation('signing-desk')
  const key = ['signing', 'job', begun.id] as const
  const { data: job } = useQuery({ queryKey: key, queryFn: () => api.signing.job({ id: begun.id }), initialData: begun, refetchInterval: ({ state }) => (state.data?.state === 'waiting' || state.data?.state === 'signing' ? 1500 : false) })
  const cancel = useMutation({ mutationFn: () => api.signing.cancel({ id: begun.id }), onSuccess: (next) => queryClient.setQueryData(key, next) })
  const waiting = job.state === 'waiting' || job.state === 'signing'
  return (
    <div className="col" style={{ gap: 14 }}>
      <Note tint={job.state === 'done' ? 'ok' : waiting ? 'info' : 'bad'} icon={job.state === 'done' ? IconCircleCheck : waiting ? IconDeviceMobile : IconAlertTriangle} role="status"><b>{t(`job.${job.state}`)}</b>{waiting && job.how === 'remote' && <p className="m">{t('confirmOnPhone')}</p>}</Note>
      <ul className="targets">{job.documents.map(({ target, title, level, code }) => <li key={target.id} className="row m"><span className="grow ell" title={title}>{title}</span>{level !== null && <Badge tint="ok">PAdES {level}</Badge>}{code !== null && <Badge tint="bad" icon={IconAlertTriangle}>{t(`${code}.what`, { ns: 'errors' })}</Badge>}</li>)}</ul>
      <FailureNote error={cancel.error} />
      <div className="row" style={{ justifyContent: 'flex-end' }}>
        {waiting && <Button onPress={() => cancel.mutate()}>{t('waitNoMore')}</Button>}
        <Button kind="primary" keys="Ctrl+Enter" autoFocus onPress={onClose}>{t(waiting ? 'goOnMeanwhile' : 'close')}</Button>
      </div>
    </div>
  )
}
