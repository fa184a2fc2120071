import { IconCash } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DraftContent } from '@contract/draft'
import { formatMoney } from '@contract/format'
import type { Procedure } from '@contract/procedures'
import { Card, SelectField, TextField } from '../parts'
import { PaymentChoice } from './payment-choice'
import { readCount, readMoney } from './tidy'
import { useDraft } from './use-draft'

/** Each line of the fee with its ground; copies, pages, exemption, the council's amount; taken or not. */
export function FeeStep({ procedure }: { procedure: Procedure }): ReactNode {
  const { t } = useTranslation('intake')
  const { content, state: { view }, edit } = useDraft()
  const { fee } = view
  const set = (part: Partial<DraftContent['fee']>): void => edit((now) => ({ ...now, fee: { ...now.fee, ...part } }))
  const kinds = new Set(procedure.fee.rules.map(({ kind }) => kind))
  const perCopy = kinds.has('perCopy') || kinds.has('perPage')
  const exemptions = [{ value: '', label: t('fee.noExemption') }, ...procedure.fee.exemptions.map(({ code, name }) => ({ value: code, label: name }))]
  return (
    <Card title={t('fee.title')} icon={IconCash} fill>
      <div className="col" style={{ gap: 14, maxWidth: 640 }}>
        {fee && (
          <table aria-label={t('fee.lines')} style={{ border: '1px solid var(--mc-line)' }}>
            <tbody>
              {fee.lines.map((line) => <tr key={line.code}><td>{line.name}{line.note !== undefined && <div className="s t2">{line.note}</div>}</td><td className="r num">{formatMoney(line.amount)}</td></tr>)}
              <tr><td className="w6">{fee.exemption ? t('fee.totalExempt', { name: fee.exemption.name }) : t('fee.total')}{fee.exemption && <div className="s t2">{fee.exemption.ground}</div>}</td><td className="r fact num">{fee.total === 0 && !fee.needsAmount ? t('fee.free') : formatMoney(fee.total)}</td></tr>
            </tbody>
          </table>
        )}
        <div className="fields">
          {amountIsOpen(procedure) && <div className="f3"><AmountField label={t('fee.council')} hint={t('fee.councilHint')} name="fee.councilAmount" value={content.fee.councilAmount} onChange={(councilAmount) => set({ councilAmount })} /></div>}
          {procedure.fee.exemptions.length > 0 && <div className="f3"><SelectField label={t('fee.exemption')} name="fee.exemption" value={content.fee.exemption ?? ''} options={exemptions} onChange={(code) => set({ exemption: code === '' ? null : code })} /></div>}
          {perCopy && <div className="f2"><CountField label={t('fee.copies')} name="fee.copies" value={content.fee.copies} least={0} most={999} onChange={(copies) => set({ copies })} /></div>}
          {kinds.has('perPage') && <div className="f2"><CountField label={t('fee.pages')} name="fee.pages" value={content.fee.pages} least={0} most={9999} onChange={(pages) => set({ pages })} /></div>}
        </div>
        <div className="row wrap" style={{ gap: 12 }}><span className="m w6">{t('fee.payment')}</span><PaymentChoice /></div>
      </div>
    </Card>
  )
}

/** True when the council's amount is not in the catalogue: the officer enters it. */
export const amountIsOpen = ({ fee }: Procedure): boolean => fee.rules.some((rule) => rule.kind === 'council' && rule.amount === undefined)

/** An amount in đồng as text: any way of writing it is read when it is typed, and shown in the usual one when the field is left. */
export function useAmount(value: number | null, onChange: (value: number | null) => void) {
  const [typed, setTyped] = useState<string | null>(null)
  return {
    value: typed ?? (value === null ? '' : formatMoney(value)),
    onChange: (text: string) => { setTyped(text); onChange(readMoney(text)) },
    onLeave: () => { if (typed === null || typed.trim() === '' || readMoney(typed) !== null) setTyped(null) },
  }
}

function AmountField({ label, hint, name, value, onChange }: { label: string; hint: string; name: string; value: number | null; onChange: (value: number | null) => void }): ReactNode {
  return <TextField label={label} hint={hint} name={name} inputMode="numeric" {...useAmount(value, onChange)} />
}

/** A small whole number; what is not one is kept in sight and not taken. */
export function CountField({ label, name, value, least, most, onChange }: { label: string; name: string; value: number; least: number; most: number; onChange: (value: number) => void }): ReactNode {
  const [typed, setTyped] = useState<string | null>(null)
  return (
    <TextField label={label} name={name} inputMode="numeric" value={typed ?? String(value)} onLeave={() => setTyped(null)}
      onChange={(text) => { setTyped(text); const count = readCount(text, least, most); if (count !== null) onChange(count) }} />
  )
}
