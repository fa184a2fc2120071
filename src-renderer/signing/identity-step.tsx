import { IconCheck, IconNfc, IconUsers } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../app/api'
import { keys } from '../app/queries'
import { useShortcut } from '../app/shortcuts'
import { keyOfFacts } from '../chip/keys'
import { useCounter, useCounterState } from '../chip/use-counter'
import { Button, FailureNote, FormDialog, Note, ProblemNote, TextField } from '../parts'
import { SecretField } from '../sign-in/secret-field'
import type { StepProps } from './step-props'

/** The chip says who it is; without one a second officer looks at the card, too. */
export function IdentityStep({ view, acts }: StepProps): ReactNode {
  const { t } = useTranslation('signing-desk')
  const result = useCounterState((state) => state.result)
  const reading = useCounterState((state) => state.work.kind === 'reading')
  const failed = useCounterState((state) => (state.work.kind === 'failed' ? state.work.problem : null))
  const [second, setSecond] = useState(false)
  const mine = result !== null && result.reading.person.idNumber === view.subject.idNumber ? result : null
  const counter = useCounter()
  const { draftId, subject } = view
  const read = (): void => counter.read(keyOfFacts({ idNumber: subject.idNumber, birthDate: subject.birthDate, issuedAt: null }), { who: 'applicant' })
  const { data: kept } = useQuery({ queryKey: keys.checks({ draftId: draftId ?? '' }), queryFn: () => (draftId === null ? [] : api.chip.checks({ draftId })) })
  const taken = mine !== null || (kept?.some(({ who }) => who === 'applicant') ?? false)
  useShortcut('F7', t('readChip'), taken || reading ? undefined : read)
  // What the chip proved is kept with the errand first; the step then stands on it.
  const keep = useMutation({
    mutationFn: async () => {
      if (mine !== null && draftId !== null) await api.chip.keepCheck({ draftId, readingId: mine.reading.id, who: 'applicant', outcome: 'same-person', differences: [] })
    },
    onSuccess: () => acts.act({ step: 'identity', how: 'chip', check: null, second: null }),
  })
  return (
    <>
      {result !== null && mine === null && <Note tint="bad">{t('otherCard')}</Note>}
      <FailureNote error={keep.error} />
      {failed !== null && <ProblemNote problem={failed} focus={false} />}
      <div className="row wrap">
        {taken && <Button kind="primary" small icon={IconCheck} keys="Ctrl+Enter" waitsFor={acts.busy || keep.isPending ? t('working') : undefined} onPress={() => keep.mutate()}>{mine === null ? t('chipOfDraft') : t('takeChip')}</Button>}
        <Button small kind={taken ? 'neutral' : 'primary'} icon={IconNfc} keys={taken ? 'F7' : 'Ctrl+Enter'} waitsFor={reading ? t('readingChip') : undefined} onPress={read}>{t('readChip')}</Button>
        <Button small icon={IconUsers} onPress={() => setSecond(true)}>{t('withSecond')}</Button>
      </div>
      {second && <SecondOfficer onClose={() => setSecond(false)} onConfirm={(loginName, secret) => { setSecond(false); acts.act({ step: 'identity', how: 'card', check: null, second: { loginName, secret } }) }} />}
    </>
  )
}

function SecondOfficer({ onClose, onConfirm }: { onClose: () => void; onConfirm: (loginName: string, secret: string) => void }): ReactNode {
  const { t } = useTranslation('signing-desk')
  const [loginName, setLoginName] = useState('')
  const [secret, setSecret] = useState('')
  const [asked, setAsked] = useState(false)
  const ready = loginName.trim() !== '' && secret !== ''
  return (
    <FormDialog open title={t('secondTitle')} onClose={onClose}>
      <div className="col" style={{ gap: 12 }}>
        <p>{t('secondHelp')}</p>
        <TextField label={t('secondName')} value={loginName} onChange={setLoginName} autoFocus autoComplete="off" fault={asked && loginName.trim() === '' ? t('missing.loginName') : undefined} />
        <SecretField label={t('secondSecret')} name="second-secret" value={secret} onChange={setSecret} fault={asked && secret === '' ? t('missing.secret') : undefined} />
        <div className="row" style={{ justifyContent: 'flex-end' }}>
          <Button caps="Escape" onPress={onClose}>{t('cancel')}</Button>
          <Button kind="primary" keys="Ctrl+Enter" onPress={() => (ready ? onConfirm(loginName.trim(), secret) : setAsked(true))}>{t('secondConfirm')}</Button>
        </div>
      </div>
    </FormDialog>
  )
}
