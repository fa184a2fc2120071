import './settings.css'
import { IconBarcode, IconBuilding, IconCalendar, IconCertificate, IconCloud, IconContrast, IconDatabase, IconDeviceTv, IconDeviceUsb, IconFileText, IconHistory, IconInfoCircle, IconKey, IconPrinter, IconScan, IconSignature, IconUsers, IconUsersGroup, IconWritingSign } from '@tabler/icons-react'
import { useLocation } from '@tanstack/react-router'
import { type KeyboardEvent, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Settings } from '@contract/settings'
import { may, type Right, type Role, rolesWith } from '@contract/staff'
import { useSession, useSettings } from '../app/session'
import { useShortcut } from '../app/shortcuts'
import { ConfirmDialog, FailureNote, type IconType, Loading } from '../parts'
import { AboutSection } from './about'
import { AppearanceSection } from './appearance'
import { BackupSection } from './backup'
import { CitySection } from './city'
import { CodesSection } from './codes'
import { DevicesSection } from './devices'
import { HallSection } from './hall'
import { HoursSection } from './hours'
import { LeaveGuard } from './leave-guard'
import { LogSection } from './log'
import { OwnSecretSection } from './own-secret'
import { PrintingSection } from './printing'
import { ScannersSection } from './scanners'
import { UnsavedContext } from './section'
import { SignersSection } from './signers'
import { SigningSection } from './signing'
import { StaffSection } from './staff'
import { TrustSection } from './trust'
import { WaitingRoomSection } from './waiting-room'
import { WardSection } from './ward'
import { WordingsSection } from './wordings'

type Name = 'appearance' | 'secret' | 'printing' | 'devices' | 'scanners' | 'codes' | 'trust' | 'signing' | 'city' | 'ward' | 'hours' | 'hall' | 'queue' | 'staff' | 'log' | 'backup' | 'about' | 'signers' | 'wordings'
type Item = Readonly<{ name: Name; icon: IconType; right: Right | null; show: (settings: Settings) => ReactNode }>

const ITEMS: readonly Item[] = [
  { name: 'ward', icon: IconBuilding, right: 'administer', show: (settings) => <WardSection settings={settings} /> },
  { name: 'hours', icon: IconCalendar, right: 'administer', show: (settings) => <HoursSection settings={settings} /> },
  { name: 'queue', icon: IconUsersGroup, right: null, show: (settings) => <WaitingRoomSection settings={settings} /> },
  { name: 'hall', icon: IconDeviceTv, right: null, show: () => <HallSection /> },
  { name: 'printing', icon: IconPrinter, right: null, show: (settings) => <PrintingSection settings={settings} /> },
  { name: 'devices', icon: IconDeviceUsb, right: null, show: () => <DevicesSection /> },
  { name: 'scanners', icon: IconScan, right: null, show: (settings) => <ScannersSection settings={settings} /> },
  { name: 'codes', icon: IconBarcode, right: null, show: (settings) => <CodesSection settings={settings} /> },
  { name: 'trust', icon: IconCertificate, right: null, show: () => <TrustSection /> },
  { name: 'signing', icon: IconSignature, right: null, show: (settings) => <SigningSection settings={settings} /> },
  { name: 'signers', icon: IconWritingSign, right: 'administer', show: (settings) => <SignersSection settings={settings} /> },
  { name: 'wordings', icon: IconFileText, right: 'administer', show: () => <WordingsSection /> },
  { name: 'appearance', icon: IconContrast, right: null, show: (settings) => <AppearanceSection settings={settings} /> },
  { name: 'city', icon: IconCloud, right: null, show: (settings) => <CitySection settings={settings} /> },
  { name: 'staff', icon: IconUsers, right: 'supervise', show: () => <StaffSection /> },
  { name: 'secret', icon: IconKey, right: null, show: () => <OwnSecretSection /> },
  { name: 'log', icon: IconHistory, right: 'supervise', show: () => <LogSection /> },
  { name: 'backup', icon: IconDatabase, right: 'supervise', show: () => <BackupSection /> },
  { name: 'about', icon: IconInfoCircle, right: null, show: () => <AboutSection /> },
]

const LEFT_OUT = ['supervise', 'administer'] as const satisfies readonly Right[]
const allowed = (role: Role): readonly Item[] => ITEMS.filter(({ right }) => right === null || may(role, right))

/** Settings by section. What the role has no right to is left out, with a word on who has it. */
export function SettingsScreen(): ReactNode {
  const { t } = useTranslation('settings')
  const { data: session } = useSession()
  const { data: settings, error } = useSettings()
  const items = session ? allowed(session.account.role) : []
  const [name, setName] = useState<Name>()
  const [unsaved, setUnsaved] = useState(false)
  const [wanted, setWanted] = useState<Name | null>(null)
  // Another screen may point at a section: #/settings#devices.
  const pointed = useLocation({ select: ({ hash, state }) => `${hash} ${state.key ?? ''}` })
  const [followed, setFollowed] = useState('')
  if (pointed !== followed) {
    setFollowed(pointed)
    const section = ITEMS.find((item) => item.name === pointed.split(' ')[0])?.name
    if (section !== undefined && !unsaved) setName(section)
  }
  const current = items.find((item) => item.name === name) ?? items[0]
  const choose = (next: Name): void => {
    if (next === current?.name) return
    if (unsaved) setWanted(next)
    else setName(next)
  }
  const leave = (next: Name): void => {
    setWanted(null)
    setUnsaved(false)
    setName(next)
  }
  const left = ITEMS.filter((item) => !items.includes(item))
  return (
    <main className="work">
      <div className="main">
        <div className="pagehd"><h1>{t('title')}</h1></div>
        <FailureNote error={error} />
        {!settings && !error && <Loading />}
        {settings && current && (
          <div className="settings">
            <div className="col" style={{ gap: 10, minHeight: 0 }}>
              <SectionList items={items} current={current.name} onChoose={choose} />
              {LEFT_OUT.map((right) => <LeftOut key={right} right={right} names={left.filter((item) => item.right === right).map((item) => item.name)} />)}
            </div>
            <UnsavedContext value={setUnsaved}>{current.show(settings)}</UnsavedContext>
          </div>
        )}
      </div>
      <ConfirmDialog open={wanted !== null} title={t('leaveTitle')} act={t('leaveAct')} safe={t('stay')} dangerous onAct={() => { if (wanted !== null) leave(wanted) }} onClose={() => setWanted(null)}>{t('leaveWords')}</ConfirmDialog>
      <LeaveGuard unsaved={unsaved} />
    </main>
  )
}

/** Who has the sections that are not shown here. */
function LeftOut({ right, names }: { right: Right; names: readonly Name[] }): ReactNode {
  const { t } = useTranslation('settings')
  if (names.length === 0) return null
  return <p className="s t3" style={{ padding: '0 4px' }}>{t('leftOut', { sections: names.map((name) => t(`section.${name}`)).join(', '), roles: rolesWith(right).map((role) => t(`roleLower.${role}`)).join(t('or')) })}</p>
}

type ListProps = Readonly<{ items: readonly Item[]; current: Name; onChoose: (name: Name) => void }>

/** The sections; arrows and digits move between them. */
function SectionList({ items, current, onChoose }: ListProps): ReactNode {
  const { t } = useTranslation('settings')
  const press = (event: KeyboardEvent<HTMLDivElement>): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    const next = items[items.findIndex(({ name }) => name === current) + step]
    if (step === 0 || !next) return
    event.preventDefault()
    onChoose(next.name)
    document.getElementById(`section-${next.name}`)?.focus()
  }
  return (
    <div className="card sections" role="tablist" aria-orientation="vertical" aria-label={t('sections')} onKeyDown={press}>
      {items.map((item, index) => <SectionTab key={item.name} item={item} digit={index < 9 ? String(index + 1) : index === 9 ? '0' : undefined} selected={item.name === current} onChoose={() => onChoose(item.name)} />)}
    </div>
  )
}

function SectionTab({ item, digit, selected, onChoose }: { item: Item; digit: string | undefined; selected: boolean; onChoose: () => void }): ReactNode {
  const { t } = useTranslation('settings')
  const Icon = item.icon
  useShortcut(digit, t(`section.${item.name}`), onChoose)
  return (
    <button id={`section-${item.name}`} type="button" role="tab" className="item" aria-selected={selected} aria-controls="settings-section" tabIndex={selected ? 0 : -1} onClick={onChoose}>
      <Icon className="i" aria-hidden /><span className="grow">{t(`section.${item.name}`)}</span>{digit !== undefined && <kbd aria-hidden="true">{digit}</kbd>}
    </button>
  )
}
