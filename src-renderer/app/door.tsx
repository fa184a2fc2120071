import { lazy, type ReactNode, Suspense, useEffect, useLayoutEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CoreState } from '@contract/bridge'
import { Loading, Note, useAnnounce } from '../parts'
import { PRACTICE_GATE } from '../sign-in/practice-gate'
import { SignInScreen } from '../sign-in/screen'
import { bridge } from './bridge'
import { followNews } from './queries'
import { ShortcutLayer } from './shortcuts'
import { useGate, useSession } from './session'

const FirstRun = lazy(() => import('../first-run/screen').then((module) => ({ default: module.FirstRunScreen })))
const LockScreen = lazy(() => import('../sign-in/lock').then((module) => ({ default: module.LockScreen })))
const NewSecret = lazy(() => import('../sign-in/new-secret').then((module) => ({ default: module.NewSecretScreen })))
// The screens behind the door are loaded while somebody types the secret.
const Inside = lazy(() => import('./router').then((module) => ({ default: module.Inside })))

/** First run, sign-in, lock, or the work. The work stays mounted under the lock, so that drafts and focus are kept. */
export function Door(): ReactNode {
  const { t } = useTranslation('frame')
  const { toast } = useAnnounce()
  const gate = useGate()
  const session = useSession()
  const [core, setCore] = useState<CoreState>('starting')
  // The first run stays on the screen until its recovery key is safe, although the data are open by then.
  const [settingUp, setSettingUp] = useState(false)
  useEffect(() => bridge?.onCoreState(setCore), [])
  // The window may have to be hidden from citizens: it is shown again when nothing of the work can be seen.
  const covered = !session.data || session.data.locked
  useLayoutEffect(() => bridge?.covered(covered), [covered])
  useEffect(() => {
    void followNews((event) => {
      if (event.kind === 'status-from-city') toast(t('statusFromCity', { code: event.code, state: t(`state.${String(event.state)}`, { ns: 'common' }) }))
    })
  }, [t, toast])

  // The files say who can sign in, or that a secret is needed: it can be typed while the core starts.
  const awaited = bridge !== undefined && bridge.expects !== 'anything' && core !== 'restarting'
  if ((!gate.data || session.isPending) && !awaited) return core === 'restarting' ? <Note tint="warn" role="status">{t('restarting')}</Note> : <Loading />
  if (gate.data?.state === 'new' || settingUp) return <Suspense fallback={<Loading />}><FirstRun onBegin={() => setSettingUp(true)} onDone={() => setSettingUp(false)} /></Suspense>
  if (!gate.data || !session.data) return <SignInScreen gate={gate.data ?? (bridge?.expects === 'practice' ? PRACTICE_GATE : undefined)} />
  if (session.data.account.mustChangeSecret) return <Suspense fallback={<Loading />}><NewSecret session={session.data} /></Suspense>
  return (
    <Suspense fallback={<Loading />}>
      {core === 'restarting' && <Note tint="warn" role="status">{t('restarting')}</Note>}
      <div style={{ display: session.data.locked ? 'none' : 'contents' }}><Inside /></div>
      {session.data.locked && <ShortcutLayer><LockScreen session={session.data} gate={gate.data} /></ShortcutLayer>}
    </Suspense>
  )
}
