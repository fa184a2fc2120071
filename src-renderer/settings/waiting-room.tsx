import { IconUsersGroup } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { QUEUE_GROUPS, type QueueGroup } from '@contract/queue'
import { Settings } from '@contract/settings'
import { api } from '../app/api'
import { useMay } from '../app/session'
import { Check, Facts, TextField } from '../parts'
import { useQueue } from '../queue/use-queue'
import type { Faults } from './faults'
import { Section } from './section'
import { useSection } from './use-section'

type Draft = Readonly<{
  prefix: string; letters: string; groups: readonly QueueGroup[]; voice: boolean; notices: string; askRating: boolean
  bin: string; bank: string; number: string; holder: string
}>

const read = ({ queue, hall, payment: { account } }: Settings): Draft => ({
  prefix: queue.prefix ?? '', letters: queue.letters.join(' '), groups: queue.groups, voice: queue.voice, notices: hall.notices.join('\n'), askRating: hall.askRating,
  bin: account?.bin ?? '', bank: account?.bank ?? '', number: account?.number ?? '', holder: account?.holder ?? '',
})

/** What the form means; what does not fit is found by the schema. */
function written(settings: Settings, draft: Draft): unknown {
  const { bin, bank, number, holder } = draft
  const account = [bin, bank, number, holder].every((part) => part.trim() === '') ? null : { bin: bin.trim(), bank, number: number.trim(), holder }
  return {
    ...settings,
    queue: { prefix: draft.prefix.trim() === '' ? null : draft.prefix.trim().toUpperCase(), letters: draft.letters.toUpperCase().split(/[\s,]+/u).filter((letter) => letter !== ''), groups: [...draft.groups], voice: draft.voice },
    hall: { notices: draft.notices.split('\n').map((line) => line.trim()).filter((line) => line !== ''), askRating: draft.askRating },
    payment: { account },
  }
}

const FIELDS: readonly (readonly [string, string])[] = [
  ['queue.prefix', 'prefix'], ['queue.letters', 'letters'], ['hall.notices', 'notices'],
  ['payment.account.bin', 'bin'], ['payment.account.bank', 'bank'], ['payment.account.number', 'number'], ['payment.account.holder', 'holder'],
]

/** Numbers, priority groups, what the hall shows, and where fees are transferred to. */
export function WaitingRoomSection({ settings }: { settings: Settings }): ReactNode {
  const mayAdminister = useMay('administer')
  return mayAdminister ? <Editable settings={settings} /> : <Told settings={settings} />
}

function Told({ settings: { queue, hall, payment } }: { settings: Settings }): ReactNode {
  const { t } = useTranslation('settings')
  const { queue: now } = useQueue()
  return (
    <Section title={t('section.queue')} icon={IconUsersGroup}>
      <Facts width={220} rows={[
        [t('queue.prefix'), now?.prefix === undefined || now.prefix === '' ? t('queue.noPrefix') : now.prefix],
        [t('queue.letters'), queue.letters.length === 0 ? t('queue.allLetters') : queue.letters.join(', ')],
        [t('queue.groups'), queue.groups.map((group) => t(`group.${group}`, { ns: 'queue' })).join(', ')],
        [t('queue.notices'), hall.notices.join(' · ') || '–'],
        [t('queue.account'), payment.account === null ? t('queue.noAccount') : `${payment.account.bank} · ${payment.account.number} · ${payment.account.holder}`],
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
    return Object.fromEntries(FIELDS.filter(([path]) => wrong.some((at) => at.startsWith(path) || path.startsWith(`${at}.`))).map(([, field]) => [field, t(`queue.fault.${field}`)]))
  }
  const { draft, setDraft, form } = useSection({ stored: read(settings), check, send: (next) => api.office.saveSettings(Settings.parse(written(settings, next))), read })
  const change = (part: Partial<Draft>): void => setDraft({ ...draft, ...part })
  const field = (name: 'prefix' | 'letters' | 'bin' | 'bank' | 'number' | 'holder', most: number): ReactNode => (
    <TextField name={`queue.${name}`} label={t(`queue.${name}`)} hint={t(`queue.hint.${name}`)} fault={form.faults[name]} value={draft[name]} maxLength={most} onChange={(value) => change({ [name]: value })} />
  )
  return (
    <Section title={t('section.queue')} icon={IconUsersGroup} form={form} prefix="queue.">
      <div className="col" style={{ gap: 14, maxWidth: 680 }}>
        <div className="form-grid">{field('prefix', 3)}{field('letters', 60)}</div>
        <fieldset className="fld first-called">
          <legend className="lbl">{t('queue.groups')}</legend>
          {QUEUE_GROUPS.filter((group) => group !== 'ordinary').map((group) => (
            <Check key={group} label={t(`group.${group}`, { ns: 'queue' })} checked={draft.groups.includes(group)} onChange={(on) => change({ groups: on ? [...draft.groups, group] : draft.groups.filter((other) => other !== group) })} />
          ))}
        </fieldset>
        <Check label={t('queue.voice')} checked={draft.voice} onChange={(voice) => change({ voice })} />
        <TextField name="queue.notices" label={t('queue.notices')} hint={t('queue.hint.notices')} fault={form.faults['notices']} lines={4} value={draft.notices} maxLength={900} onChange={(notices) => change({ notices })} />
        <Check label={t('queue.askRating')} checked={draft.askRating} onChange={(askRating) => change({ askRating })} />
        <h3>{t('queue.account')}</h3>
        <div className="form-grid">{field('bin', 6)}{field('bank', 200)}{field('number', 19)}{field('holder', 200)}</div>
      </div>
    </Section>
  )
}
