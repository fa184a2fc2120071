import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SessionInfo } from '@contract/staff'
import { api } from '../app/api'
import { useGate } from '../app/session'
import { useShortcut } from '../app/shortcuts'
import { Button, Note } from '../parts'
import { SecretForm, useSecretForm } from './secret-form'
import { DoorFrame } from './door-frame'
import { signedIn } from './signed-in'

/** The first secret was set by somebody else: an own one comes before any work. */
export function NewSecretScreen({ session }: { session: SessionInfo }): ReactNode {
  const { t } = useTranslation('sign-in')
  const { data: gate } = useGate()
  const demo = gate?.demo.find(({ loginName }) => loginName === session.account.loginName)?.secret
  const form = useSecretForm(demo ?? '')
  const [leaving, setLeaving] = useState(false)
  const submit = (): void => void form.save().then((saved) => (saved ? signedIn() : undefined))
  useShortcut('Ctrl+Enter', t('saveSecret'), submit)
  const leave = (): void => {
    setLeaving(true)
    void api.staff.signOut().then(signedIn).finally(() => setLeaving(false))
  }
  return (
    <DoorFrame gate={gate}>
      <h1>{t('newSecretTitle')}</h1>
      <Note tint="info">{t('newSecretWords', { name: session.account.fullName })}</Note>
      <form className="col" style={{ gap: 14 }} onSubmit={(event) => { event.preventDefault(); submit() }}>
        <SecretForm form={form} />
        <Button kind="gate" submit onPress={() => undefined} caps="Enter" waitsFor={form.busy ? t('checking') : undefined}>{t('saveSecret')}</Button>
      </form>
      <div className="row"><Button kind="ghost" small onPress={leave} waitsFor={leaving ? t('checking') : undefined}>{t('leave')}</Button></div>
    </DoorFrame>
  )
}
