import { IconDeviceFloppy, IconEyeOff, IconLock, IconUsers } from '@tabler/icons-react'
import { type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Gate } from '@contract/calls-staff'
import { formatTime } from '@contract/format'
import type { Settings } from '@contract/settings'
import type { SessionInfo } from '@contract/staff'
import { api, type Problem, problemOf } from '../app/api'
import { keys, queryClient } from '../app/queries'
import { useShortcut } from '../app/shortcuts'
import { Button, focusField, Note, ProblemNote } from '../parts'
import { DoorFrame } from './door-frame'
import { signedIn } from './signed-in'
import { SecretField } from './secret-field'
import { secondsOf, useCountdown } from './wait'

/** The locked counter: the same officer unlocks, somebody else signs in instead. The focus goes back where it was. */
export function LockScreen({ session, gate }: { session: SessionInfo; gate: Gate }): ReactNode {
  const { t } = useTranslation('sign-in')
  const [lockedAt] = useState(() => new Date())
  const idle = queryClient.getQueryData<Settings>(keys.settings)?.idleMinutes
  const form = useUnlock()
  useReturningFocus()
  useShortcut('Ctrl+Enter', t('unlock'), form.submit)
  const name = session.account.fullName
  const change = (): void => void api.staff.signOut().then(signedIn, form.refuse)
  const remark = <div className="framed" style={{ marginTop: 28 }}><IconEyeOff className="i" aria-hidden /><span>{t('nothingShown')}</span></div>
  return (
    <DoorFrame gate={gate} remark={remark}>
      <div className="row" style={{ gap: 14 }}>
        <span style={{ width: 52, height: 52, borderRadius: 6, background: 'var(--mc-idle-soft)', display: 'grid', placeItems: 'center' }}><IconLock className="i lg" aria-hidden /></span>
        <div>
          <h1>{t('lockedTitle')}</h1>
          <div className="t2">{t('lockedSince', { time: formatTime(lockedAt), name })}</div>
        </div>
      </div>
      <Note tint="ok" icon={IconDeviceFloppy}><b>{t('draftKept')}</b><br />{t('draftKeptWords')}</Note>
      <form className="col" style={{ gap: 'inherit' }} onSubmit={(event) => { event.preventDefault(); form.submit() }}>
        <SecretField label={t('secretOf', { name })} value={form.secret} onChange={form.setSecret} fault={form.fault} autoFocus />
        {form.problem && <ProblemNote problem={form.problem} focus={false} />}
        <Button kind="gate" submit onPress={() => undefined} caps="Enter" waitsFor={form.waiting}>{t('unlock')}</Button>
      </form>
      <div className="card" style={{ padding: '14px 16px', boxShadow: 'none' }}>
        <div className="row w6"><IconUsers className="i" aria-hidden />{t('somebodyElse')}<span className="end"><Button small keys="Alt+N" onPress={change}>{t('changeOfficer')}</Button></span></div>
        <p className="m t2" style={{ marginTop: 4 }}>{t('changeWords')}</p>
      </div>
      {idle !== undefined && <p className="s t3" style={{ marginTop: 'auto' }}>{t('idleFoot', { minutes: idle })}</p>}
    </DoorFrame>
  )
}

function useUnlock() {
  const { t } = useTranslation('sign-in')
  const [secret, setSecret] = useState('')
  const [problem, setProblem] = useState<Problem | null>(null)
  const [fault, setFault] = useState<string>()
  const [busy, setBusy] = useState(false)
  const wait = useCountdown()
  const refuse = (error: unknown): void => {
    const found = problemOf(error)
    setProblem(found)
    setSecret('')
    wait.begin(secondsOf(found.params))
    focusField('secret')
    // The session may have ended meanwhile: then the door shows the sign-in.
    void queryClient.invalidateQueries({ queryKey: keys.session })
  }
  const submit = (): void => {
    if (busy || wait.left > 0) return
    setProblem(null)
    setFault(secret === '' ? t('needSecret') : undefined)
    if (secret === '') return focusField('secret')
    setBusy(true)
    api.staff.unlock({ secret }).then(signedIn, refuse).finally(() => setBusy(false))
  }
  const waiting = wait.left > 0 ? t('waitSeconds', { seconds: wait.left }) : busy ? t('checking') : undefined
  return { secret, setSecret, problem, fault, waiting, refuse, submit }
}

// What had the focus in the work last. Kept all the time: when the lock comes, the work is hidden first and has lost it.
let lastInWork: HTMLElement | null = null
document.addEventListener('focusin', ({ target }) => {
  if (target instanceof HTMLElement && target.closest('.app') !== null) lastInWork = target
})

/** Gives the focus back where it was when the lock is gone. */
function useReturningFocus(): void {
  useEffect(() => {
    const before = lastInWork
    return () => {
      requestAnimationFrame(() => {
        if (before?.isConnected === true) before.focus()
      })
    }
  }, [])
}
