import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { SignerRole } from '@contract/office-forms'
import { useSettings } from '../app/session'
import { SelectField } from '../parts'

const LEADERS = ['head', 'deputy', 'centre'] as const satisfies readonly SignerRole[]
export type Leader = (typeof LEADERS)[number]

/** In whose name a form of the office is signed. */
export function SignerField({ value, onChange }: { value: Leader; onChange: (role: Leader) => void }): ReactNode {
  const { t } = useTranslation('acts')
  const { data: settings } = useSettings()
  const nameOf = (role: Leader): string => settings?.handling.signers.find((signer) => signer.role === role)?.name ?? ''
  const options = LEADERS.map((role) => ({ value: role, label: nameOf(role) === '' ? t(`signer.${role}`) : `${t(`signer.${role}`)} – ${nameOf(role)}` }))
  return <SelectField name="signer" label={t('signerLabel')} hint={nameOf(value) === '' ? t('signerUnnamed') : undefined} value={value} options={options} onChange={onChange} />
}
