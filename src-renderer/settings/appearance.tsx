import { useMantineColorScheme } from '@mantine/core'
import { IconContrast } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Settings } from '@contract/settings'
import { api } from '../app/api'
import { bridge } from '../app/bridge'
import { speak } from '../app/i18n'
import { keys, queryClient } from '../app/queries'
import { FailureNote, Field, Segmented, SelectField } from '../parts'
import { Section } from './section'

type Appearance = Settings['appearance']
const ZOOMS = ['80', '90', '100', '110', '125', '150', '175', '200'] as const
type Zoom = (typeof ZOOMS)[number]
const zoomOf = (percent: number): Zoom => ZOOMS.find((step) => Number(step) === percent) ?? '100'

/** Theme, size and language: each acts at once and is kept. */
export function AppearanceSection({ settings }: { settings: Settings }): ReactNode {
  const { t } = useTranslation('settings')
  const { setColorScheme } = useMantineColorScheme()
  const [error, setError] = useState<unknown>(null)
  const { appearance } = settings

  const change = async (part: Partial<Appearance>): Promise<void> => {
    setError(null)
    try {
      const saved = await api.office.saveAppearance({ ...appearance, ...part })
      queryClient.setQueryData(keys.settings, saved)
      bridge?.prefer(part)
      if (part.theme !== undefined) setColorScheme(part.theme === 'system' ? 'auto' : part.theme)
      if (part.language !== undefined) await speak(part.language)
    } catch (failure) {
      setError(failure)
    }
  }
  return (
    <Section title={t('section.appearance')} icon={IconContrast}>
      <FailureNote error={error} />
      <p className="m t2 prose">{t('appearanceWords')}</p>
      <Field label={t('theme')}>
        {() => <div><Segmented label={t('theme')} value={appearance.theme} onChange={(theme) => void change({ theme })} options={(['system', 'light', 'dark'] as const).map((value) => ({ value, label: t(`themes.${value}`) }))} /></div>}
      </Field>
      <div style={{ maxWidth: 260 }}>
        <SelectField name="zoom" label={t('zoom')} hint={t('zoomHint')} value={zoomOf(appearance.zoom)} onChange={(zoom) => void change({ zoom: Number(zoom) })} options={ZOOMS.map((value) => ({ value, label: `${value} %` }))} />
      </div>
      <Field label={t('language')}>
        {() => <div><Segmented label={t('language')} value={appearance.language} onChange={(language) => void change({ language })} options={[{ value: 'vi', label: 'Tiếng Việt' }, { value: 'en', label: 'English' }]} /></div>}
      </Field>
    </Section>
  )
}
