import { IconSignature } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Settings } from '@contract/settings'
import { api } from '../app/api'
import { useMay } from '../app/session'
import { Check, Facts, Segmented, TextField } from '../parts'
import type { Faults } from './faults'
import { Section } from './section'
import { useSection } from './use-section'

type Draft = Readonly<{ drivers: string; rsa: Settings['signing']['rsa']; stampUrl: string; visible: boolean; dailyTarget: string }>

const read = ({ signing }: Settings): Draft => ({ drivers: signing.drivers.join('\n'), rsa: signing.rsa, stampUrl: signing.stampUrl ?? '', visible: signing.visible, dailyTarget: signing.dailyTarget === null ? '' : String(signing.dailyTarget) })

/** What the form means; what does not fit is found by the schema. */
const written = (settings: Settings, draft: Draft): unknown => ({
  ...settings,
  signing: {
    drivers: draft.drivers.split('\n').map((line) => line.trim()).filter((line) => line !== ''), rsa: draft.rsa, stampUrl: draft.stampUrl.trim() === '' ? null : draft.stampUrl.trim(), visible: draft.visible,
    dailyTarget: draft.dailyTarget.trim() === '' ? null : Number(draft.dailyTarget),
  },
})

const FIELDS = ['drivers', 'stampUrl', 'dailyTarget'] as const

/** Drivers of tokens, the way of signing, the time stamps, the ward's target. */
export function SigningSection({ settings }: { settings: Settings }): ReactNode {
  return useMay('administer') ? <Editable settings={settings} /> : <Told settings={settings} />
}

function Told({ settings: { signing } }: { settings: Settings }): ReactNode {
  const { t } = useTranslation('settings')
  return (
    <Section title={t('section.signing')} icon={IconSignature}>
      <Facts width={220} rows={[
        [t('signing.drivers'), signing.drivers.join(', ') || '–'], [t('signing.rsa'), t(`signing.${signing.rsa}`)], [t('signing.stampUrl'), signing.stampUrl ?? t('signing.stampByCa')],
        [t('signing.dailyTarget'), signing.dailyTarget ?? '–'],
      ]} />
      <p className="m t2">{t('queue.mayNot')}</p>
    </Section>
  )
}

function Editable({ settings }: { settings: Settings }): ReactNode {
  const { t } = useTranslation('settings')
  const check = (draft: Draft): Faults => {
    const parsed = Settings.safeParse(written(settings, draft))
    if (parsed.success) return {}
    const wrong = parsed.error.issues.map(({ path }) => path.join('.'))
    return Object.fromEntries(FIELDS.filter((field) => wrong.some((at) => at.startsWith(`signing.${field}`))).map((field) => [field, t(`signing.fault.${field}`)]))
  }
  const { draft, setDraft, form } = useSection({ stored: read(settings), check, send: (next) => api.office.saveSettings(Settings.parse(written(settings, next))), read })
  const change = (part: Partial<Draft>): void => setDraft({ ...draft, ...part })
  return (
    <Section title={t('section.signing')} icon={IconSignature} form={form} prefix="signing.">
      <div className="col" style={{ gap: 14, maxWidth: 680 }}>
        <TextField name="signing.drivers" label={t('signing.drivers')} hint={t('signing.driversHint')} fault={form.faults['drivers']} lines={3} value={draft.drivers} maxLength={4000} onChange={(drivers) => change({ drivers })} />
        <div className="fld"><span className="lbl">{t('signing.rsa')}</span><Segmented label={t('signing.rsa')} value={draft.rsa} onChange={(rsa) => change({ rsa })} options={[{ value: 'pss-first', label: t('signing.pss-first') }, { value: 'pkcs1-first', label: t('signing.pkcs1-first') }]} /><p className="hint">{t('signing.rsaHint')}</p></div>
        <TextField name="signing.stampUrl" label={t('signing.stampUrl')} hint={t('signing.stampHint')} fault={form.faults['stampUrl']} value={draft.stampUrl} maxLength={300} type="url" onChange={(stampUrl) => change({ stampUrl })} />
        <Check label={t('signing.visible')} checked={draft.visible} onChange={(visible) => change({ visible })} />
        <div style={{ maxWidth: 240 }}><TextField name="signing.dailyTarget" label={t('signing.dailyTarget')} fault={form.faults['dailyTarget']} value={draft.dailyTarget} maxLength={4} inputMode="numeric" onChange={(dailyTarget) => change({ dailyTarget })} /></div>
      </div>
    </Section>
  )
}
