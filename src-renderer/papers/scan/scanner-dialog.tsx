import './scan.css'
import { IconCamera, IconPrinter, IconRefresh, IconScan } from '@tabler/icons-react'
import { type KeyboardEvent, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ScanDevice } from '@contract/capture'
import type { ScanProfile } from '@contract/pages'
import { api } from '../../app/api'
import { useShortcut } from '../../app/shortcuts'
import { usePrintSheet } from '../../codes/use-sheet'
import { Button, Empty, FailureNote, FormDialog, Loading, ProblemNote } from '../../parts'
import { DeviceList, Troubles } from './device-list'
import { chosenOf, linesOf } from './found'
import { fitted } from './profile-choices'
import { type Devices, useDevices } from './use-devices'
import { forgetSetups, useScanSetup } from './use-scanning'
import { Group, useCaps, WayFields } from './way-fields'

type Props = Readonly<{
  opened: boolean
  component: string
  componentName: string
  onClose: () => void
  /** The way was kept where that was asked for; the one who opened the dialog closes it and scans. */
  onScan: (device: ScanDevice, profile: ScanProfile) => void
  /** What scanned last here, before the scanner of the last scan anywhere. */
  device?: ScanDevice | null
  /** Offered where no scanner is found. */
  onCamera?: () => void
}>

/** Which scanner, and how it scans a component. */
export function ScannerDialog({ opened, component, componentName, onClose, device = null, ...rest }: Props): ReactNode {
  const { t } = useTranslation('scanner')
  return (
    <FormDialog open={opened} title={t('title', { name: componentName })} onClose={onClose} wide>
      {opened && <Opened key={component} component={component} componentName={componentName} onClose={onClose} used={device} {...rest} />}
    </FormDialog>
  )
}

type OpenedProps = Pick<Props, 'component' | 'componentName' | 'onClose' | 'onScan' | 'onCamera'> & Readonly<{ used: ScanDevice | null }>

function Opened({ component, componentName, onClose, onScan, onCamera, used }: OpenedProps): ReactNode {
  const { t } = useTranslation('scanner')
  const setup = useScanSetup(component)
  const sheet = usePrintSheet({ kind: 'separator', component: { code: component, name: componentName } })
  const devices = useDevices()
  const [picked, setPicked] = useState<string | null>(null)
  const [wished, setWished] = useState<ScanProfile | null>(null)
  const [keep, setKeep] = useState<Keep>('component')
  const [missed, setMissed] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const lines = linesOf(devices.found, used ?? setup.data?.device ?? null, devices.looking)
  const chosen = chosenOf(lines, picked)
  const profile = wished ?? setup.data?.profile
  const caps = useCaps(chosen)
  const scan = (): void => {
    if (!chosen || !profile) return setMissed(true)
    const way = caps.data ? fitted(profile, caps.data) : profile
    setError(null)
    keepWay(keep, component, way).then(() => onScan(chosen, way), setError)
  }
  useShortcut('Enter', t('scan'), scan)
  const none = lines.length === 0 && !devices.looking
  return (
    <div className="col scan-dialog" onKeyDown={keepEnter}>
      <FailureNote error={error ?? setup.error ?? sheet.error} />
      {none
        ? <NoScanner devices={devices} onCamera={onCamera} />
        : (
            <div className="cols">
              <DeviceList devices={devices} lines={lines} chosen={chosen?.id ?? null} onPick={setPicked} />
              <section className="col way" aria-label={t('way')}>
                <h3>{t('way')}</h3>
                {chosen && profile && <WayFields key={chosen.id} device={chosen} profile={profile} onChange={setWished} />}
                {!chosen && <p className="m t2 scan-wait">{t('noChoiceYet')}</p>}
                {chosen && !profile && !setup.error && <Loading />}
                {chosen && profile && <Group label={t('keep.label')} value={keep} options={KEEPS.map((value) => ({ value, label: t(`keep.${value}`) }))} hint={t(`keepHint.${keep}`)} onChange={setKeep} />}
              </section>
            </div>
          )}
      <div className="row acts">
        <Button kind="ghost" small icon={IconPrinter} onPress={sheet.print} waitsFor={sheet.waitsFor}>{t('printSeparator')}</Button>
        <p className="m t2 grow" role="status">{missed && !chosen ? t('pickFirst') : ''}</p>
        <Button caps="Escape" onPress={onClose}>{t('close', { ns: 'common' })}</Button>
        {!none && <Button kind="primary" autoFocus icon={IconScan} keys="Ctrl+Enter" caps="Enter" onPress={scan}>{t('scan')}</Button>}
      </div>
    </div>
  )
}

/** How long a way is to hold: this scan, this paper, every paper. */
type Keep = 'once' | 'component' | 'all'
const KEEPS: readonly Keep[] = ['component', 'all', 'once']

async function keepWay(keep: Keep, component: string, profile: ScanProfile): Promise<void> {
  if (keep === 'once') return
  if (keep === 'all') await api.scanning.keepProfile({ component: null, profile })
  // A way of its own would stand before the one for all.
  await api.scanning.keepProfile({ component, profile })
  await forgetSetups()
}

/** Enter scans from wherever the focus is, but on a button that does something else. */
function keepEnter(event: KeyboardEvent): void {
  const { target } = event
  if (event.key === 'Enter' && !event.ctrlKey && target instanceof HTMLElement && target.matches('button:not([role="radio"], .pri), summary, a')) event.stopPropagation()
}

function NoScanner({ devices: { found, problem, lookAgain }, onCamera }: { devices: Devices; onCamera: (() => void) | undefined }): ReactNode {
  const { t } = useTranslation('scanner')
  return (
    <>
      {problem && <ProblemNote problem={problem} focus={false} />}
      <Empty
        icon={IconScan} title={t('none')}
        actions={<><Button icon={IconRefresh} keys="Ctrl+R" onPress={lookAgain}>{t('lookAgain')}</Button>{onCamera && <Button icon={IconCamera} keys="Ctrl+F9" onPress={onCamera}>{t('useCamera')}</Button>}</>}
      >
        <ul className="scan-do"><li>{t('noneDo.cable')}</li><li>{t('noneDo.network')}</li><li>{t('noneDo.meanwhile')}</li></ul>
      </Empty>
      <Troubles troubles={found.troubles} />
    </>
  )
}
