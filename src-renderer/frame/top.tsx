import { IconLock } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { SessionInfo } from '@contract/staff'
import { useMay } from '../app/session'
import { Button } from '../parts'
import { NumberInHand } from '../queue/in-hand'
import { SearchBox } from './search-box'

/** Search, who sits here, lock. */
export function Top({ session, counterName, onLock }: { session: SessionInfo | null; counterName: string; onLock: () => void }): ReactNode {
  const { t } = useTranslation('frame')
  const mayReceive = useMay('receive')
  return (
    <header className="top">
      {mayReceive && <><SearchBox /><NumberInHand /></>}
      <div className="end row" style={{ gap: 12, minWidth: 0 }}>
        {session && (
          <div className="who">
            <b className="ell">{session.account.fullName}</b>
            <span className="t2 ell">{counterName} · {session.account.title || t(`role.${session.account.role}`, { ns: 'common' })}</span>
          </div>
        )}
        <Button onPress={onLock} icon={IconLock} keys="Ctrl+L">{t('lock')}</Button>
      </div>
    </header>
  )
}
