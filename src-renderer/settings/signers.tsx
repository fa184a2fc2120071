import './signers.css'
import { IconWritingSign } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Settings } from '@contract/settings'
import { api } from '../app/api'
import { Check, TextField } from '../parts'
import type { Faults } from './faults'
import { OfficeList } from './offices'
import { Section } from './section'
import { handlingDraft, handlingFaults, handlingOf, type NamedRole, SIGNER_ROLES, type SignerDraft, titlesOf } from './signers-draft'
import { useSection } from './use-section'

/** Who signs in whose name, where papers are handed on to, who gets the reports. For administrators. */
export function SignersSection({ settings }: { settings: Settings }): ReactNode {
  const { t } = useTranslation('signers')
  const [shown, setShown] = useState<NamedRole>('head')
  const { draft, setDraft, form } = useSection({
    stored: handlingDraft(settings),
    check: (next) => Object.fromEntries(Object.entries(handlingFaults(next)).map(([field, fault]) => [field, t(`fault.${fault}`)])),
    send: (next) => api.office.saveSettings(Settings.parse({ ...settings, ...handlingOf(next) })),
    read: handlingDraft,
  })
  const change = (role: NamedRole, signer: SignerDraft): void => setDraft({ ...draft, signers: { ...draft.signers, [role]: signer } })
  return (
    <Section title={t('title')} icon={IconWritingSign} form={form} prefix="signers.">
      <p className="m t2 prose">{t('words')}</p>
      <div className="signers">
        <div className="col" style={{ gap: 8 }}>
          <div className="signer heads s t2" aria-hidden="true"><span /><span>{t('first')}</span><span>{t('second')}</span><span>{t('name')}</span></div>
          {SIGNER_ROLES.map((role) => (
            <SignerFields key={role} role={role} signer={draft.signers[role]} faults={form.faults} onChange={(signer) => change(role, signer)} onFocus={() => setShown(role)} />
          ))}
        </div>
        <Example role={shown} signer={draft.signers[shown]} />
      </div>
      <h3>{t('offices')}</h3>
      <p className="m t2 prose">{t('officesWords')}</p>
      <OfficeList offices={draft.offices} faults={form.faults} onChange={(offices) => setDraft({ ...draft, offices })} />
      <h3>{t('reports')}</h3>
      <Check name="signers.daily" label={t('daily')} checked={draft.daily} onChange={(daily) => setDraft({ ...draft, daily })} />
      <div style={{ maxWidth: 680 }}>
        <TextField name="signers.recipient" label={t('recipient')} hint={t('recipientHint')} value={draft.recipient} maxLength={200} onChange={(recipient) => setDraft({ ...draft, recipient })} />
      </div>
    </Section>
  )
}

type FieldsProps = Readonly<{ role: NamedRole; signer: SignerDraft; faults: Faults; onChange: (signer: SignerDraft) => void; onFocus: () => void }>

function SignerFields({ role, signer, faults, onChange, onFocus }: FieldsProps): ReactNode {
  const { t } = useTranslation('signers')
  return (
    <div className="signer" role="group" aria-labelledby={`signer-${role}`} onFocus={onFocus}>
      <p className="m w6" id={`signer-${role}`}>{t(`role.${role}`)}</p>
      <TextField name={`signers.${role}.first`} label={t('first')} fault={faults[`${role}.first`]} placeholder={t(`example.${role}.first`)} value={signer.first} maxLength={200} onChange={(first) => onChange({ ...signer, first })} />
      <TextField name={`signers.${role}.second`} label={t('second')} {...(role === 'deputy' && { placeholder: t('example.deputy.second') })} value={signer.second} maxLength={200} onChange={(second) => onChange({ ...signer, second })} />
      <TextField name={`signers.${role}.name`} label={t('name')} value={signer.name} maxLength={200} onChange={(name) => onChange({ ...signer, name })} />
    </div>
  )
}

/** The block as it stands on the paper (Nghị định 30/2020, Phụ lục I: title and name in bold, the title in capitals). */
function Example({ role, signer }: { role: NamedRole; signer: SignerDraft }): ReactNode {
  const { t } = useTranslation('signers')
  const titles = titlesOf(signer)
  return (
    <figure className="sign-example" aria-live="polite">
      <figcaption className="s t2">{t('exampleTitle', { role: t(`role.${role}`) })}</figcaption>
      <div className="paper">
        {titles.length === 0 ? <p className="none">{t('untitled')}</p> : titles.map((line) => <p key={line} className="line">{line.toLocaleUpperCase('vi')}</p>)}
        <p className="room">{t('signHere')}</p>
        <p className="who">{signer.name.trim() === '' ? ' ' : signer.name.trim()}</p>
      </div>
    </figure>
  )
}
