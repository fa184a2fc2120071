import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { problemOf } from '../app/api'
import { queryClient } from '../app/queries'
import { Button, FailureNote, Note } from '../parts'

/** Why an act was not done. HS-002 is no fault of anybody: the city or another counter was quicker. What was typed stays until the dialog is closed. */
export function Refused({ error, onSeen }: { error: unknown; onSeen: () => void }): ReactNode {
  const { t } = useTranslation('dossier')
  if (problemOf(error).code !== 'HS-002') return <FailureNote error={error} />
  const look = (): void => {
    void queryClient.invalidateQueries({ queryKey: ['dossier'] })
    onSeen()
  }
  return (
    <Note tint="warn" role="alert">
      <p className="w6">{t('conflict.what')}</p>
      <p className="m">{t('conflict.effect')}</p>
      <p className="m">{t('conflict.next')} <span className="t2">{t('code', { ns: 'common', code: 'HS-002' })}</span></p>
      <div style={{ marginTop: 8 }}><Button small onPress={look}>{t('conflict.act')}</Button></div>
    </Note>
  )
}
