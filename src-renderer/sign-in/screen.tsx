import { IconLifebuoy } from '@tabler/icons-react'
import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Gate } from '@contract/calls-staff'
import { api, type Problem, problemOf } from '../app/api'
import { useShortcut } from '../app/shortcuts'
import { Button, focusField, Note, ProblemNote, TextField } from '../parts'
import { DoorFrame, GateFacts } from './door-frame'
import { People } from './people'
import { SecretField } from './secret-field'
import { signedIn } from './signed-in'
import { secondsOf, useCountdown } from './wait'

const RecoverDialog = lazy(() => import('./recover').then((module) => ({ default: module.RecoverDialog })))

/** Fetches the screens behind the door while somebody looks for the keys. */
function fetchAhead(): void {
  void import('./recover')
  void import('../frame/key-sheet')
  void import('../app/router')
  void import('./lock')
}

/** The first thing after a start: who sits here, and the secret. Without a gate the core is still starting; what is sent waits for it. */
export function SignInScreen({ gate }: { gate: Gate | undefined }): ReactNode {
  const { t } = useTranslation('sign-in')
  const form = useSignIn(gate)
  const [helping, setHelping] = useState(false)
  useEffect(() => {
    const timer = setTimeout(fetchAhead, 200)
    return () => clearTimeout(timer)
  }, [])
  useShortcut('Ctrl+Enter', t('enter'), form.submit)
  const byName = gate === undefined || gate.state === 'locked'
  return (
    <DoorFrame gate={gate} remark={gate && <GateFacts gate={gate} />}>
      <h1>{t('title')}</h1>
      <form className="col" style={{ gap: 'inherit' }} onSubmit={(event) => { event.preventDefault(); form.submit() }}>
        {byName
          ? <><Note tint="idle">{t('lockedData')}</Note><TextField label={t('loginName')} name="loginName" value={form.loginName} onChange={form.setLoginName} autoComplete="username" autoFocus maxLength={60} /></>
          : <People people={gate.accounts} demo={gate.demo} chosen={form.loginName} onChoose={form.choose} onDone={form.toSecret} />}
        <SecretField label={t('secret')} value={form.secret} onChange={form.setSecret} hint={form.problem === null ? t('secretHint') : undefined} fault={form.fault} autoFocus={!byName} />
        {form.problem && <ProblemNote problem={form.problem} focus={false} />}
        <Button kind="gate" submit onPress={() => undefined} caps="Enter" waitsFor={form.waiting}>{t('enter')}</Button>
      </form>
      <div className="row wrap" style={{ gap: 12 }}>
        <Button kind="ghost" small icon={IconLifebuoy} keys="Alt+Q" onPress={() => setHelping(true)}>{t('forgotten')}</Button>
      </div>
      {!form.problem && <p className="s t3" style={{ marginTop: 'auto' }}>{t('foot')}</p>}
      <Suspense>{helping && <RecoverDialog open gate={gate} onClose={() => { setHelping(false); form.toSecret() }} />}</Suspense>
    </DoorFrame>
  )
}

function useSignIn(gate: Gate | undefined) {
  const { t } = useTranslation('sign-in')
  const [typed, setLoginName] = useState<string>()
  const loginName = typed ?? (gate?.state === 'open' ? gate.accounts[0]?.loginName : undefined) ?? ''
  const [secret, setSecret] = useState('')
  const [problem, setProblem] = useState<Problem | null>(null)
  const [fault, setFault] = useState<string>()
  const [busy, setBusy] = useState(false)
  const wait = useCountdown()
  const toSecret = (): void => void requestAnimationFrame(() => focusField('secret'))

  const choose = (person: Gate['accounts'][number]): void => {
    setLoginName(person.loginName)
    setFault(undefined)
    setProblem(null)
    // The wait belongs to an account; the core tells again whose it is.
    wait.begin(0)
    setSecret(gate?.demo.find((entry) => entry.loginName === person.loginName)?.secret ?? '')
  }
  const refuse = (error: unknown): void => {
    const found = problemOf(error)
    setProblem(found)
    setSecret('')
    wait.begin(secondsOf(found.params))
    toSecret()
  }
  const submit = (): void => {
    if (busy || wait.left > 0) return
    setProblem(null)
    if (loginName.trim() === '' || secret === '') {
      setFault(t(loginName.trim() === '' ? 'needLoginName' : 'needSecret'))
      if (loginName.trim() !== '') toSecret()
      return
    }
    setFault(undefined)
    setBusy(true)
    api.staff.signIn({ loginName: loginName.trim(), secret }).then(signedIn, refuse).finally(() => setBusy(false))
  }
  const waiting = wait.left > 0 ? t('waitSeconds', { seconds: wait.left }) : busy ? t('checking') : undefined
  return { loginName, setLoginName, secret, setSecret, problem, fault, waiting, choose, toSecret, submit }
}
