import { IconBooks, IconClipboardPlus, IconCloudUp, IconFolder, IconHome, IconKeyboard, IconMailForward, IconMessageReport, IconReportAnalytics, IconSettings, IconSignature } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useLocation, useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { may, type Right } from '@contract/rights'
import { api } from '../app/api'
import { keys } from '../app/queries'
import { useSession, useSyncStatus } from '../app/session'
import { useShortcut } from '../app/shortcuts'
import type { IconType } from '../parts'
import { HouseMark } from './house-mark'

type Place = '/' | '/intake' | '/dossiers' | '/results' | '/signing' | '/outbox' | '/reports' | '/guide' | '/feedback' | '/settings'
type Item = Readonly<{ to: Place; digit: string; name: 'today' | 'intake' | 'dossiers' | 'results' | 'signing' | 'outbox' | 'reports' | 'guide' | 'feedback' | 'settings'; icon: IconType; right: Right | null }>

const ITEMS: readonly Item[] = [
  { to: '/', digit: '1', name: 'today', icon: IconHome, right: 'receive' },
  { to: '/intake', digit: '2', name: 'intake', icon: IconClipboardPlus, right: 'receive' },
  { to: '/dossiers', digit: '3', name: 'dossiers', icon: IconFolder, right: 'receive' },
  { to: '/results', digit: '4', name: 'results', icon: IconMailForward, right: 'receive' },
  { to: '/signing', digit: '5', name: 'signing', icon: IconSignature, right: null },
  { to: '/outbox', digit: '6', name: 'outbox', icon: IconCloudUp, right: 'receive' },
  { to: '/reports', digit: '7', name: 'reports', icon: IconReportAnalytics, right: 'supervise' },
  { to: '/settings', digit: '8', name: 'settings', icon: IconSettings, right: null },
  { to: '/guide', digit: '9', name: 'guide', icon: IconBooks, right: null },
  { to: '/feedback', digit: '0', name: 'feedback', icon: IconMessageReport, right: 'receive' },
]

/** The screens, each with its Alt digit. What the signed-in role has no use for is left out. */
export function Rail({ onKeys }: { onKeys: () => void }): ReactNode {
  const { t } = useTranslation('frame')
  const { data: session } = useSession()
  const role = session?.account.role
  return (
    <nav className="rail" aria-label={t('screens')}>
      <div className="logo"><HouseMark /></div>
      <div className="alt" aria-hidden="true">Alt +</div>
      {ITEMS.filter(({ right }) => right === null || (role !== undefined && may(role, right))).map((item) => <RailLink key={item.to} item={item} />)}
      <button type="button" className="foot" onClick={onKeys} aria-keyshortcuts="F1"><kbd aria-hidden="true">F1</kbd><IconKeyboard className="i" aria-hidden /><span>{t('keySheet')}</span></button>
    </nav>
  )
}

/** Two screens behind one key: pressed again, it leads to the other. */
const BESIDE = { '/guide': '/catalogue', '/reports': '/wall' } as const
const besideOf = (to: Place): '/catalogue' | '/wall' | null => (to === '/guide' || to === '/reports' ? BESIDE[to] : null)

/** How many of a screen's things need somebody. */
function useAttention(name: Item['name']): number {
  const { data: status } = useSyncStatus()
  const { data: letters } = useQuery({ queryKey: keys.feedbackList('attention'), queryFn: () => api.feedback.list({ sending: 'attention', limit: 50 }), enabled: name === 'feedback' })
  if (name === 'outbox') return status?.counts.attention ?? 0
  return name === 'feedback' ? (letters?.items.length ?? 0) : 0
}

function RailLink({ item }: { item: Item }): ReactNode {
  const { t } = useTranslation('frame')
  const navigate = useNavigate()
  const { pathname } = useLocation()
  const attention = useAttention(item.name)
  const beside = besideOf(item.to)
  useShortcut(`Alt+${item.digit}`, t(`rail.${item.name}`), () => void navigate({ to: pathname === item.to ? (beside ?? item.to) : item.to }))
  const Icon = item.icon
  return (
    <Link to={item.to} {...(pathname === beside && { className: 'on' })} activeProps={{ className: 'on' }} activeOptions={{ exact: item.to === '/', includeSearch: false }} aria-keyshortcuts={`Alt+${item.digit}`}>
      <kbd aria-hidden="true">{item.digit}</kbd>
      {attention > 0 && <span className="dot" title={t('attention', { count: attention })}>{attention}</span>}
      <Icon className="i" aria-hidden />
      <span>{t(`rail.${item.name}`)}</span>
    </Link>
  )
}
