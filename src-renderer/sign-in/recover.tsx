import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Gate } from '@contract/calls-staff'
import { api } from '../app/api'
import { queryClient } from '../app/queries'
import { Button, FailureNote, FormDialog, Note, TextField, useAnnounce } from '../parts'
import { SecretField } from './secret-field'

type Props = Readonly<{ open: boolean; gate: Gate | undefined; onClose: () => void }>

/** A forgotten secret: a supervisor sets a new one at the counter; with nobody left, the printed recovery key opens the data. */
export function RecoverDialog({ open, gate, onClose }: Props): ReactNode {
  const { t } = useTranslation('sign-in')
  const [byKey, setByKey] = useState(false)
  const helpers = (gate?.accounts ?? []).filter(({ role }) => role !== 'officer').map(({ fullName }) => fullName)
  const close = (): void => {
    setByKey(false)
    onClose()
  }
  return (
    <FormDialog open={open} title={t('forgottenTitle')} onClose={close}>
      <div className="col" style={{ gap: 14 }}>
        {byKey
          ? <RecoverForm onClose={close} />
          : (
            <>
              <p>{t('forgottenWords')}</p>
              {helpers.length > 0 && <p><span className="t2">{t('helpers')}</span> <b>{helpers.join(', ')}</b></p>}
              <p className="t2 m">{t('forgottenKey')}</p>
              <div className="row" style={{ justifyContent: 'flex-end' }}>
                <Button onPress={() => setByKey(true)}>{t('useKey')}</Button>
                <Button kind="primary" onPress={close} autoFocus>{t('backToSignIn')}</Button>
              </div>
            </>
          )}
      </div>
    </FormDialog>
  )
}

function RecoverForm({ onClose }: { onClose: () => void }): ReactNode {
  const { t } = useTranslation('sign-in')
  const { toast } = useAnnounce()
  const [recoveryKey, setRecoveryKey] = useState('')
  const [loginName, setLoginName] = useState('')
  const [newSecret, setNewSecret] = useState('')
  const [again, setAgain] = useState('')
  const [error, setError] = useState<unknown>(null)
  const [asked, setAsked] = useState(false)
  const [busy, setBusy] = useState(false)
  const complete = recoveryKey.trim() !== '' && loginName.trim() !== '' && newSecret !== '' && newSecret === again
  const submit = (): void => {
    setAsked(true)
    if (!complete || busy) return
    setBusy(true)
    setError(null)
    api.staff.recover({ recoveryKey, loginName: loginName.trim(), newSecret }).then(async () => {
      toast(t('recovered'))
      await queryClient.invalidateQueries()
      onClose()
    }, setError).finally(() => setBusy(false))
  }
  const missing = (value: string): string | undefined => (asked && value.trim() === '' ? t('needThis') : undefined)
  return (
    <form className="col door-form" style={{ gap: 12 }} onSubmit={(event) => { event.preventDefault(); submit() }}>
      <Note tint="idle">{t('keyWords')}</Note>
      <FailureNote error={error} />
      <TextField label={t('recoveryKey')} name="recoveryKey" value={recoveryKey} onChange={setRecoveryKey} hint={t('recoveryKeyHint')} fault={missing(recoveryKey)} maxLength={200} autoFocus />
      <TextField label={t('loginName')} name="recoverLogin" value={loginName} onChange={setLoginName} fault={missing(loginName)} autoComplete="username" maxLength={60} />
      <SecretField label={t('newSecret')} name="recoverSecret" value={newSecret} onChange={setNewSecret} hint={t('newSecretHint')} fault={missing(newSecret)} autoComplete="new-password" />
      <SecretField label={t('again')} name="recoverAgain" value={again} onChange={setAgain} fault={asked && again !== newSecret ? t('notSame') : undefined} autoComplete="new-password" />
      <div className="row" style={{ justifyContent: 'flex-end' }}>
        <Button onPress={onClose}>{t('cancel', { ns: 'common' })}</Button>
        <Button kind="primary" submit onPress={() => undefined} waitsFor={busy ? t('checking') : undefined}>{t('recoverAct')}</Button>
      </div>
    </form>
  )
}
