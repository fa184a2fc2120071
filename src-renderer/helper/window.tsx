import { IconClockPause, IconLogout } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { HelperSession } from '@contract/assist'
import { HallHead, HallPage, hallBridge, LanguageButton, LargerButton } from '../hall'
import { core } from './client'
import { Desk } from './desk'
import { NewSecret } from './new-secret'
import { SignIn } from './sign-in'
import { type Gate, useGate, useIdle } from './use-gate'

/** The window of a helper: who works here, then their drafts. */
export function HelperWindow(): ReactNode {
  const door = useGate()
  const { gate } = door
  const session = gate?.open === true ? gate.session : null
  const near = useIdle(session?.endsAt ?? null, door.ask)
  const practice = gate?.practice ?? hallBridge?.practice ?? false
  return (
    <HallPage practice={practice} head={<Head ward={gate?.ward ?? null} session={session} ask={door.ask} />} foot={near ? <EndsSoon /> : null}>
      <Body door={door} session={session} />
    </HallPage>
  )
}

function Body({ door, session }: { door: Gate; session: HelperSession | null }): ReactNode {
  const { t } = useTranslation('helper')
  const { gate } = door
  if (gate === null) return <main className="helper"><p className="alone t2" role="status">{t('starting', { ns: 'hall' })}</p></main>
  if (!gate.open) return <main className="helper"><div className="alone"><h1>{t('closed.title')}</h1><p className="t2">{t('closed.help')}</p></div></main>
  if (session === null) return <SignIn demo={gate.demo} onIn={door.ask} />
  if (session.mustChangeSecret) return <NewSecret onDone={door.ask} />
  return <Desk news={door.drafts} />
}

function Head({ ward, session, ask }: { ward: string | null; session: HelperSession | null; ask: () => Promise<void> }): ReactNode {
  const { t } = useTranslation('helper')
  const leave = (): void => void core.signOut().then(ask, () => undefined)
  return (
    <HallHead ward={ward ?? t('title')} unit={t('unit')}>
      <div className="who">
        <LargerButton />
        <LanguageButton />
        {session && <>
          <span className="who-name">{session.fullName}</span>
          <button type="button" className="head-act" onClick={leave}><IconLogout className="i" aria-hidden />{t('leave')}</button>
        </>}
      </div>
    </HallHead>
  )
}

function EndsSoon(): ReactNode {
  const { t } = useTranslation('helper')
  return <p className="near" role="alert"><IconClockPause className="i" aria-hidden />{t('endsSoon')}</p>
}
