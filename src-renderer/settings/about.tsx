import { IconFlask, IconInfoCircle } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { formatSize } from '@contract/format'
import { api } from '../app/api'
import { currentLanguage } from '../app/i18n'
import { keys } from '../app/queries'
import { Badge, Facts, FailureNote, Loading } from '../parts'
import { Section } from './section'

/** Versions and health of this machine. */
export function AboutSection(): ReactNode {
  const { t } = useTranslation('settings')
  const { data, error } = useQuery({ queryKey: keys.about, queryFn: () => api.office.about() })
  return (
    <Section title={t('section.about')} icon={IconInfoCircle}>
      <FailureNote error={error} />
      {!data && !error && <Loading />}
      {data && (
        <Facts
          width={190}
          rows={[
            [t('aboutVersion'), `Một Cửa ${data.version}`],
            [t('aboutMode'), data.practice ? <Badge key="mode" tint="sim" icon={IconFlask}>{t('practice', { ns: 'frame' })}</Badge> : t('aboutWork')],
            [t('aboutSimulated'), data.simulated.length === 0 ? t('none', { ns: 'common' }) : <span key="simulated" className="row wrap">{data.simulated.map((part) => <Badge key={part} tint="sim" icon={IconFlask}>{t(`simulated.${part}`)}</Badge>)}</span>],
            [t('aboutKeyStore'), data.keyStore === 'none' ? t('keyStoreNone') : t('keyStoreSome', { store: data.keyStore })],
            [t('aboutDatabase'), data.sqlite === null ? '–' : t('databaseFacts', { sqlite: data.sqlite, migration: data.migration ?? 0 })],
            [t('aboutFree'), data.freeBytes === null ? '–' : formatSize(data.freeBytes, currentLanguage())],
            [t('aboutRuntime'), <span key="runtime" className="mono">{Object.entries(data.runtime).map(([name, version]) => `${name} ${version}`).join(' · ')}</span>],
          ]}
        />
      )}
      <p className="m t2 prose">{t('licences')}</p>
    </Section>
  )
}
