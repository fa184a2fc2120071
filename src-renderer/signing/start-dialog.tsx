import { IconUserPlus } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DraftId } from '@contract/ids'
import { formatDate } from '@contract/format'
import type { IssuanceView } from '@contract/signing'
import { api } from '../app/api'
import { queryClient } from '../app/queries'
import { useSettings } from '../app/session'
import { useCounter } from '../chip/use-counter'
import { Button, FailureNote, type Fault, FaultSummary, FormDialog, Note, SelectField, TextField } from '../parts'
import { bindMine } from '../queue/bind'
import { ProviderChoice } from './provider-choice'
import { gapsOf, NOBODY, type SubjectForm, subjectOf } from './subject'
import { useProviders } from './use-signing'

type Props = Readonly<{
  /** The QR text of a card that was scanned. */
  card: string | null
  /** From an errand in hand: who stands there is known. */
  known?: SubjectForm
  draftId?: DraftId
  /** The certificate that is to be followed by another. */
  renewalOf?: string
  onClose: () => void
  onStarted: (view: IssuanceView) => void
}>

/** The errand that holds what the chip proves and what the citizen agrees to; a dossier may follow in it, and nothing is typed again. */
async function draftOf({ fullName, idNumber, birthDate, sex }: SubjectForm): Promise<DraftId> {
  const draft = await api.intake.start()
  await api.intake.save({ draftId: draft.id, revision: draft.revision, content: { ...draft.content, applicant: { ...draft.content.applicant, fullName, idNumber: idNumber.replace(/\s/gu, ''), birthDate, sex: sex === '' ? null : sex } } })
  void bindMine(draft.id)
  return draft.id
}

/** To whom, and by which CA. What the card says is not typed. */
export function StartDialog({ card, known, draftId, renewalOf, onClose, onStarted }: Props): ReactNode {
  const { t } = useTranslation('signing-desk')
  const { data: settings } = useSettings()
  const { data: providers } = useProviders()
  const [form, setForm] = useState<SubjectForm>(known ?? NOBODY)
  const [provider, setProvider] = useState<string | null>(null)
  const [attempt, setAttempt] = useState(0)
  const counter = useCounter()
  const chosen = providers?.find(({ id }) => id === provider) ?? providers?.[0]
  const shown: SubjectForm = { ...form, province: form.province === '' ? (settings?.ward.province ?? '') : form.province }
  const { mutate: read, error: unread } = useMutation({
    mutationFn: (text: string) => api.identity.readQr({ text }),
    onSuccess: ({ person, issuedAt }) => {
      // Its chip is asked next: it is read while the officer goes on.
      counter.scanned({ idNumber: person.idNumber, birthDate: person.birthDate, issuedAt }, 'applicant', null)
      setForm((now) => ({ ...now, fullName: person.fullName, idNumber: person.idNumber, birthDate: person.birthDate === '' ? '' : formatDate(person.birthDate), sex: person.sex === 'male' || person.sex === 'female' ? person.sex : '' }))
    },
  })
  useEffect(() => {
    if (card !== null) read(card)
  }, [card, read])
  const start = useMutation({
    mutationFn: async () => {
      const subject = subjectOf(shown)
      if (subject === null || chosen === undefined) return null
      return api.issuance.start({ draftId: draftId ?? await draftOf(shown), dossierId: null, subject, provider: chosen.id, renewalOf: renewalOf ?? null })
    },
    onSuccess: (view) => {
      if (view === null) return
      void queryClient.invalidateQueries({ queryKey: ['issuance'] })
      onStarted(view)
    },
  })
  const faults: readonly Fault[] = attempt === 0 ? [] : gapsOf(shown).map((field) => ({ field: `subject.${field}`, words: t(`missing.${field}`) }))
  const go = (): void => {
    setAttempt((now) => now + 1)
    if (gapsOf(shown).length === 0) start.mutate()
  }
  const set = (field: keyof SubjectForm) => (value: string): void => setForm((now) => ({ ...now, [field]: value }))
  const faultOf = (field: keyof SubjectForm): string | undefined => (faults.some((fault) => fault.field === `subject.${field}`) ? t(`missing.${field}`) : undefined)
  return (
    <FormDialog open title={t(renewalOf === undefined ? 'startTitle' : 'renewTitle')} onClose={onClose}>
      <form className="col" style={{ gap: 14 }} onSubmit={(event) => { event.preventDefault(); go() }}>
        <FaultSummary faults={faults} title={t('notYet')} attempt={attempt} />
        <FailureNote error={unread ?? start.error} />
        {providers?.length === 0 && <Note tint="warn">{t('noProvider')}</Note>}
        <div className="two">
          <TextField label={t('subject.fullName')} name="subject.fullName" value={form.fullName} onChange={set('fullName')} fault={faultOf('fullName')} autoFocus required />
          <TextField label={t('subject.idNumber')} name="subject.idNumber" value={form.idNumber} onChange={set('idNumber')} fault={faultOf('idNumber')} inputMode="numeric" maxLength={15} required />
          <TextField label={t('subject.birthDate')} name="subject.birthDate" value={form.birthDate} onChange={set('birthDate')} fault={faultOf('birthDate')} hint={t('birthDateHint')} inputMode="numeric" maxLength={10} required />
          <SelectField label={t('subject.sex')} value={form.sex === '' ? 'none' : form.sex} onChange={(value) => setForm((now) => ({ ...now, sex: value === 'none' ? '' : value }))} options={[{ value: 'none', label: t('sex.none') }, { value: 'female', label: t('sex.female') }, { value: 'male', label: t('sex.male') }]} />
          <TextField label={t('subject.province')} name="subject.province" value={shown.province} onChange={set('province')} fault={faultOf('province')} required />
        </div>
        {providers !== undefined && providers.length > 0 && <ProviderChoice providers={providers} value={chosen?.id ?? ''} onChange={setProvider} />}
        <div className="row dlgfoot">
          <Button onPress={onClose} caps="Escape">{t('cancel')}</Button>
          <Button kind="primary" icon={IconUserPlus} keys="Ctrl+Enter" submit={false} waitsFor={start.isPending ? t('starting') : undefined} onPress={go}>{t('start')}</Button>
        </div>
      </form>
    </FormDialog>
  )
}
