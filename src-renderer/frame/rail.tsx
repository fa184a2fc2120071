import { IconBooks, IconClipboardPlus, IconCloudUp, IconFolder, IconHome, IconKeyboard, IconSettings } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay, useSyncStatus } from '../app/session'
import { useShortcut } from '../app/shortcuts'
import type { IconType } from '../parts'
import { HouseMark } from './house-mark'

type Place = '/' | '/intake' | '/dossiers' | '/outbox' | '/catalogue' | '/settings'
type Item = Readonly<{ to: Place; digit: string; name: 'today' | 'intake' | 'dossiers' | 'outbox' | 'catalogue' | 'settings'; icon: IconType; receives: boolean }>

const ITEMS: readonly Item[] = [
  { to: '/', digit: '1', name: 'today', icon: IconHome, receives: true },
  { to: '/intake', digit: '2', name: 'intake', icon: IconClipboardPlus, receives: true },
  { to: '/dossiers', digit: '3', name: 'dossiers', icon: IconFolder, receives: true },
  { to: '/outbox', digit: '6', name: 'outbox', icon: IconCloudUp, receives: true },
  { to: '/catalogue', digit: '7', name: 'catalogue', icon: IconBooks, receives: false },
  { to: '/settings', digit: '8', name: 'settings', icon: IconSettings, receives: false },
]

/** The screens, each with its Alt digit. What the signed-in role has no use for is left out. */
export function Rail({ onKeys }: { onKeys: () => void }): ReactNode {
  const { t } = useTranslation('frame')
  const mayReceive = useMay('receive')
  return (
    <nav className="rail" aria-label={t('screens')}>
      <div className="logo"><HouseMark /></div>
      <div className="alt" aria-hidden="true">Alt +</div>
      {ITEMS.filter((item) => mayReceive || !item.receives).map((item) => <RailLink key={item.to} item={item} />)}
      <button type="button" className="foot" onClick={onKeys} aria-keyshortcuts="F1"><kbd aria-hidden="true">F1</kbd><IconKeyboard className="i" aria-hidden /><span>{t('keySheet')}</span></button>
    </nav>
  )
}

function RailLink({ item }: { item: Item }): ReactNode {
  const { t } = useTranslation('frame')
  const navigate = useNavigate()
  const { data } = useSyncStatus()
  const attention = item.name === 'outbox' ? (data?.counts.attention ?? 0) : 0
  useShortcut(`Alt+${item.digit}`, t(`rail.${item.name}`), () => void navigate({ to: item.to }))
  const Icon = item.icon
  return (
    <Link to={item.to} activeProps={{ className: 'on' }} activeOptions={{ exact: item.to === '/' }} aria-keyshortcuts={`Alt+${item.digit}`}>
      <kbd aria-hidden="true">{item.digit}</kbd>
      {attention > 0 && <span className="dot" title={t('attention', { count: attention })}>{attention}</span>}
      <Icon className="i" aria-hidden />
      <span>{t(`rail.${item.name}`)}</span>
    </Link>
  )
}
