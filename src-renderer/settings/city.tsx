import { IconCloud, IconCloudCheck, IconCloudOff, IconFlask } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatDateTime, formatTime } from '@contract/format'
import type { Settings } from '@contract/settings'
import { api } from '../app/api'
import { queryClient } from '../app/queries'
import { useMay, useSyncStatus } from '../app/session'
import { Badge, Button, Facts, FailureNote, focusField, Note, TextField } from '../parts'
import type { Faults } from './faults'
import { Section, useUnsaved } from './section'

/** Where dossiers go, how the line stands, and the registration of this counter. */
export function CitySection({ settings }: { settings: Settings }): ReactNode {
  const { t } = useTranslation('settings')
  const { data } = useSyncStatus()
  const mayEnrol = useMay('administer')
  const online = data?.line === 'online'
  const since = data?.since ? formatTime(new Date(data.since)) : ''
  const rows: readonly (readonly [string, ReactNode])[] = data
    ? [
        [t('cityLine'), <Badge key="line" tint={online ? 'ok' : 'warn'} icon={online ? IconCloudCheck : IconCloudOff}>{t(`line.${data.line}`, { ns: 'frame', since })}</Badge>],
        [t('cityName'), <span key="name" className="row wrap">{data.destination.name}{data.destination.simulated && <Badge tint="sim" icon={IconFlask}>{t('citySimulated')}</Badge>}</span>],
        [t('cityUrl'), <span key="url" className="mono">{data.destination.url ?? settings.city.url ?? '–'}</span>],
        [t('cityClient'), <span key="client" className="mono">{settings.city.clientId ?? '–'}</span>],
        [t('cityLast'), data.lastReceivedAt === null ? '–' : formatDateTime(new Date(data.lastReceivedAt))],
        [t('cityNumbers'), String(data.numbersLeft)],
        [t('cityClock'), data.clockOffsetSeconds === null ? '–' : t('cityClockOff', { seconds: Math.round(data.clockOffsetSeconds) })],
      ]
    : []
  return (
    <Section title={t('section.city')} icon={IconCloud}>
      <Facts rows={rows} width={190} />
      {mayEnrol ? <Enrol url={settings.city.url ?? data?.destination.url ?? ''} /> : <p className="m t2">{t('enrolRight')}</p>}
    </Section>
  )
}

function Enrol({ url: known }: { url: string }): ReactNode {
  const { t } = useTranslation('settings')
  const [typed, setUrl] = useState<string>()
  const [code, setCode] = useState('')
  const [faults, setFaults] = useState<Faults>({})
  const [error, setError] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const [done, setDone] = useState<{ agency: string; counter: string } | null>(null)
  const url = typed ?? known
  useUnsaved(code !== '')
  const enrol = (): void => {
    const found: Faults = { ...(!URL.canParse(url.trim()) && { url: t('fault.url') }), ...(code.trim().length < 4 && { code: t('fault.code') }) }
    setFaults(found)
    setError(null)
    setDone(null)
    const first = Object.keys(found)[0]
    if (first !== undefined) return focusField(`enrol.${first}`)
    setBusy(true)
    api.sync.enrol({ url: url.trim(), code: code.trim() }).then(async (answer) => {
      setDone(answer)
      setCode('')
      await Promise.all([queryClient.invalidateQueries({ queryKey: ['settings'] }), queryClient.invalidateQueries({ queryKey: ['sync'] })])
    }, setError).finally(() => setBusy(false))
  }
  return (
    <form className="col" style={{ gap: 12, maxWidth: 920 }} onSubmit={(event) => { event.preventDefault(); enrol() }}>
      <h3>{t('enrolTitle')}</h3>
      <p className="m t2">{t('enrolWords')}</p>
      <FailureNote error={error} />
      {done && <Note tint="ok" icon={IconCloudCheck} role="status">{t('enrolled', done)}</Note>}
      <div className="form-grid">
        <TextField name="enrol.url" label={t('cityUrl')} hint={t('urlHint')} fault={faults['url']} value={url} type="url" maxLength={300} onChange={setUrl} />
        <TextField name="enrol.code" label={t('enrolCode')} hint={t('enrolCodeHint')} fault={faults['code']} value={code} maxLength={60} onChange={setCode} />
      </div>
      <div className="row" style={{ justifyContent: 'flex-end' }}>
        <Button kind="primary" onPress={enrol} keys="Ctrl+Enter" waitsFor={busy ? t('enrolling') : undefined}>{t('enrol')}</Button>
        <button type="submit" hidden aria-hidden="true" tabIndex={-1} />
      </div>
    </form>
  )
}
