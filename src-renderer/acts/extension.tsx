import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Acts } from '@contract/handling'
import { formatDate, formatFullMoment, formatShortDate } from '@contract/format'
import { currentLanguage } from '../app/i18n'
import { useClock } from '../dossiers/clock'
import { readDayAhead } from '../dossiers/moments'
import { TextField } from '../parts'
import { ActFrame } from './act-frame'
import { type Leader, SignerField } from './signer'
import type { ActDialogProps } from './subject'

/** Apology and one new appointment, while there is time for it (Nghị định 61/2018 art. 19(9), kept in 118/2025). */
export function ExtensionDialog({ extension, dueAt, ...props }: ActDialogProps & Readonly<{ extension: Acts['extension']; dueAt: string | null }>): ReactNode {
  const { t } = useTranslation('acts')
  const now = useClock()
  const [typed, setTyped] = useState(extension.earliest === null ? '' : formatDate(extension.earliest))
  const [reason, setReason] = useState('')
  const [signer, setSigner] = useState<Leader>('head')
  const [asked, setAsked] = useState(false)
  const dueDate = readDayAhead(typed, now)
  const missing = dueDate === null ? 'extension.dueDate' : reason.trim() === '' ? 'extension.reason' : null
  return (
    <ActFrame
      {...props} kind="extension" withForm needsSecond={extension.needsSecond} missing={missing} onAsked={() => setAsked(true)}
      act={dueDate === null || missing !== null ? null : { kind: 'extension', dueDate, reason: reason.trim(), signer }}
    >
      {dueAt !== null && <p className="m">{t('extension.old', { moment: formatFullMoment(new Date(dueAt), currentLanguage()) })}</p>}
      <div className="form-grid">
        <TextField
          name="extension.dueDate" label={t('extension.dueDate')} value={typed} onChange={setTyped} onLeave={() => { if (dueDate !== null) setTyped(formatDate(dueDate)) }} inputMode="numeric" maxLength={10} required autoFocus
          hint={dueDate === null ? t('extension.dueDateHint') : t('extension.dueDay', { day: formatShortDate(dueDate, { language: currentLanguage() }) })} fault={asked && dueDate === null ? t('extension.dueDateMissing') : undefined}
        />
        <SignerField value={signer} onChange={setSigner} />
      </div>
      <TextField name="extension.reason" label={t('extension.reason')} lines={2} value={reason} onChange={setReason} maxLength={2000} required hint={t('extension.reasonHint')} fault={asked && reason.trim() === '' ? t('extension.reasonMissing') : undefined} />
    </ActFrame>
  )
}
