import './form.css'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import type { CounterSettings, WardSettings } from '@contract/settings'
import { TextField } from '../parts'
import type { Faults } from './faults'

const WARD = ['name', 'parentAgency', 'unitName', 'province', 'agencyCode', 'wardCode', 'address', 'hotline'] as const
type WardField = (typeof WARD)[number]
/** The ward as typed; empty means not given. */
export type WardDraft = Readonly<Record<WardField, string>>

export const EMPTY_WARD: WardDraft = { name: '', parentAgency: '', unitName: 'Trung tâm Phục vụ hành chính công', province: '', agencyCode: '', wardCode: '', address: '', hotline: '' }

export const wardDraft = (ward: WardSettings): WardDraft => ({ ...EMPTY_WARD, ...ward, wardCode: ward.wardCode ?? '', address: ward.address ?? '', hotline: ward.hotline ?? '' })

/** As the contract wants it: fields left empty are left out. */
export function wardOf(draft: WardDraft): z.input<typeof WardSettings> {
  const { wardCode, address, hotline, ...rest } = draft
  const given = (value: string): string | undefined => (value.trim() === '' ? undefined : value)
  return { ...rest, wardCode: given(wardCode), address: given(address), hotline: given(hotline) }
}

type WardProps = Readonly<{ draft: WardDraft; faults: Faults; onChange: (draft: WardDraft) => void; autoFocus?: boolean }>

/** Letterhead and codes of the ward. */
export function WardFields({ draft, faults, onChange, autoFocus = false }: WardProps): ReactNode {
  const { t } = useTranslation('settings')
  return (
    <div className="form-grid">
      {WARD.map((field, index) => (
        <TextField
          key={field} name={`ward.${field}`} label={t(`ward.${field}`)} hint={t(`ward.${field}Hint`)} fault={faults[field]} value={draft[field]} maxLength={200} autoFocus={autoFocus && index === 0}
          onChange={(value) => onChange({ ...draft, [field]: value })}
        />
      ))}
    </div>
  )
}

/** The counter as typed; its fields (lĩnh vực) apart by semicolons. */
export type CounterDraft = Readonly<{ code: string; name: string; fields: string }>
export const EMPTY_COUNTER: CounterDraft = { code: '', name: '', fields: '' }
export const counterDraft = (counter: CounterSettings): CounterDraft => ({ ...counter, fields: counter.fields.join('; ') })
export const counterOf = ({ code, name, fields }: CounterDraft): z.input<typeof CounterSettings> => ({
  code: code.trim().toUpperCase(), name, fields: fields.split(/[;\n]/u).map((field) => field.trim()).filter((field) => field !== ''),
})

type CounterProps = Readonly<{ draft: CounterDraft; faults: Faults; onChange: (draft: CounterDraft) => void; autoFocus?: boolean }>

export function CounterFields({ draft, faults, onChange, autoFocus = false }: CounterProps): ReactNode {
  const { t } = useTranslation('settings')
  return (
    <div className="form-grid">
      <TextField name="counter.code" label={t('counter.code')} hint={t('counter.codeHint')} fault={faults['code']} value={draft.code} maxLength={8} autoFocus={autoFocus} onChange={(code) => onChange({ ...draft, code })} />
      <TextField name="counter.name" label={t('counter.name')} hint={t('counter.nameHint')} fault={faults['name']} value={draft.name} maxLength={200} onChange={(name) => onChange({ ...draft, name })} />
      <TextField name="counter.fields" label={t('counter.fields')} hint={t('counter.fieldsHint')} fault={faults['fields']} value={draft.fields} maxLength={2000} onChange={(fields) => onChange({ ...draft, fields })} />
    </div>
  )
}
