import { IconDatabase } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatDateTime, formatSize } from '@contract/format'
import { api } from '../app/api'
import { currentLanguage } from '../app/i18n'
import { keys, queryClient } from '../app/queries'
import { useGate } from '../app/session'
import { Button, Facts, FailureNote, Note } from '../parts'
import { Section } from './section'

/** Makes and checks a copy of the database now. */
export function BackupSection(): ReactNode {
  const { t } = useTranslation('settings')
  const { data: gate } = useGate()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const [made, setMade] = useState<{ file: string; size: number; at: string } | null>(null)
  const last = gate?.facts?.backedUpAt ?? null
  const backUp = (): void => {
    setBusy(true)
    setError(null)
    api.office.backUp().then(async (backup) => {
      setMade(backup)
      await queryClient.invalidateQueries({ queryKey: keys.gate })
    }, setError).finally(() => setBusy(false))
  }
  return (
    <Section title={t('section.backup')} icon={IconDatabase}>
      <FailureNote error={error} />
      {made && (
        <Note tint="ok" role="status">{t('backupMade', { time: formatDateTime(new Date(made.at)), size: formatSize(made.size, currentLanguage()) })} <span className="mono">{made.file}</span></Note>
      )}
      <Facts rows={[[t('backupLast'), last === null ? t('backupNone') : formatDateTime(new Date(last))]]} width={190} />
      <p className="m t2 prose">{t('backupWords')}</p>
      <p className="m t2 prose">{t('backupCopy')}</p>
      <div className="row" style={{ justifyContent: 'flex-end' }}><Button kind="primary" onPress={backUp} keys="Ctrl+Enter" waitsFor={busy ? t('backingUp') : undefined}>{t('backUp')}</Button></div>
    </Section>
  )
}
