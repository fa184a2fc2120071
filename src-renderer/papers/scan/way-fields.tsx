import { IconAlertTriangle } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { ScanDevice } from '@contract/capture'
import type { ScanProfile } from '@contract/pages'
import { api, problemOf } from '../../app/api'
import { Button, Check, Loading, Note, type Option, Segmented } from '../../parts'
import { type Choices, choicesFor, fitted } from './profile-choices'

/** What a scanner can do; asked once while the window is open. */
export const useCaps = (device: ScanDevice | null) =>
  useQuery({ queryKey: ['scan-caps', device?.id ?? ''], queryFn: () => api.scanning.capabilities({ deviceId: device?.id ?? '' }), enabled: device !== null, staleTime: 10 * 60_000 })

type Props = Readonly<{ device: ScanDevice; profile: ScanProfile; onChange: (profile: ScanProfile) => void }>

/** How is scanned: what the scanner cannot do is not offered. */
export function WayFields({ device, profile, onChange }: Props): ReactNode {
  const { t } = useTranslation('scanner')
  const { data: caps, error, refetch, isFetching } = useCaps(device)
  const shown = useMemo(() => (caps ? fitted(profile, caps) : profile), [caps, profile])
  if (error && !isFetching) return <CapsTrouble error={error} onAgain={() => void refetch()} />
  if (!caps) return <Loading what={t('askingCaps')} />
  const choices = choicesFor(profile, caps)
  return device.kind === 'import'
    ? <><p className="m t2">{t('folderWords')}</p><Colour choices={choices} profile={shown} onChange={onChange} /><Blank profile={shown} onChange={onChange} /></>
    : (
        <>
          <Group label={t('source')} value={shown.source} options={choices.sources.map((value) => ({ value, label: t(`sources.${value}`) }))} onChange={(source) => onChange({ ...shown, source })} />
          <Colour choices={choices} profile={shown} onChange={onChange} />
          <Group label={t('resolution')} value={String(shown.dpi)} options={choices.dpis.map((dpi) => ({ value: String(dpi), label: String(dpi) }))} onChange={(dpi) => onChange({ ...shown, dpi: Number(dpi) })} />
          <Group label={t('paper')} value={shown.paper} options={choices.papers.map((value) => ({ value, label: t(value === 'whole' && shown.source !== 'flatbed' ? 'papers.wholeFeeder' : `papers.${value}`) }))} onChange={(paper) => onChange({ ...shown, paper })} />
          <Blank profile={shown} onChange={onChange} />
        </>
      )
}

type Part = Readonly<{ profile: ScanProfile; onChange: (profile: ScanProfile) => void }>

function Colour({ choices, profile, onChange }: Part & { choices: Choices }): ReactNode {
  const { t } = useTranslation('scanner')
  return <Group label={t('colour')} hint={t(`colourHint.${profile.colour}`)} value={profile.colour} options={choices.colours.map((value) => ({ value, label: t(`colours.${value}`) }))} onChange={(colour) => onChange({ ...profile, colour })} />
}

function Blank({ profile, onChange }: Part): ReactNode {
  const { t } = useTranslation('scanner')
  return <Check name="scan.blank" label={t('skipBlank')} checked={profile.skipBlank} onChange={(skipBlank) => onChange({ ...profile, skipBlank })} />
}

/** Caption and choices; one that is the only one is told, not asked. */
export function Group<T extends string>({ label, hint, value, options, onChange }: { label: string; hint?: string; value: T; options: readonly Option<T>[]; onChange: (value: T) => void }): ReactNode {
  const [only] = options
  return (
    <div className="scan-group">
      <span className="m w6 cap" aria-hidden>{label}</span>
      <div className="col">
        {options.length === 1 && only ? <span className="only">{only.label}</span> : <Segmented label={label} value={value} options={options} onChange={onChange} />}
        {hint !== undefined && <p className="hint">{hint}</p>}
      </div>
    </div>
  )
}

/** The scanner does not say what it can do: it may be scanned with all the same, in the usual way. */
function CapsTrouble({ error, onAgain }: { error: unknown; onAgain: () => void }): ReactNode {
  const { t } = useTranslation('scanner')
  const { code, params } = problemOf(error)
  return (
    <Note tint="warn" icon={IconAlertTriangle} role="status">
      <p className="w6">{t(`${code}.what`, { ns: 'errors', ...params })}</p>
      <p className="m">{t('capsUnknown')} {t(`${code}.next`, { ns: 'errors', ...params })} <span className="t2">{t('code', { ns: 'common', code })}</span></p>
      <div className="row" style={{ marginTop: 8 }}><Button small onPress={onAgain}>{t('askAgain')}</Button></div>
    </Note>
  )
}
