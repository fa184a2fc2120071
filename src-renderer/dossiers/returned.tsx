import { IconAlertTriangle } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { DossierView } from '@contract/dossier'
import { api } from '../app/api'
import { keys } from '../app/queries'
import { Button, Note } from '../parts'
import { rememberSubmission } from '../outbox/selection'
import { whyOf } from '../outbox/why'

/** What the city said, above the dossier, while its newest submission needs somebody. */
export function Returned({ dossier }: { dossier: DossierView }): ReactNode {
  const { t } = useTranslation('dossier')
  const { t: errors } = useTranslation('errors')
  const navigate = useNavigate()
  const newest = dossier.submissions.at(-1)
  const { data } = useQuery({ queryKey: keys.submission(newest?.id ?? ''), queryFn: () => (newest ? api.sync.submission({ id: newest.id }) : null), enabled: newest?.state === 'attention' })
  if (newest?.state !== 'attention') return null
  const open = (): void => {
    rememberSubmission(newest.id)
    void navigate({ to: '/outbox' })
  }
  return (
    <Note tint="bad" icon={IconAlertTriangle} role="status">
      <div className="row wrap">
        <p className="grow"><b>{t('returned.what')}</b> {data && <q>{whyOf(data, errors)}</q>} <span className="t2">{t('returned.safe')}</span></p>
        <Button small onPress={open}>{t('returned.look')}</Button>
      </div>
    </Note>
  )
}
