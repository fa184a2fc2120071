import './scan.css'
import { IconCpu, IconScan } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Badge, KeyCaps } from '../../parts'
import { type Scanning, useScanSetup } from './use-scanning'
import { useWayWords } from './words'

/** With what and how the next scan is made; opens the dialog. */
export function ScanLine({ scanning, component, onOpen }: { scanning: Scanning; component: string; /** Instead of opening the dialog by `scanning`. */ onOpen?: () => void }): ReactNode {
  const { t } = useTranslation('scanner')
  const { data } = useScanSetup(component)
  const wayWords = useWayWords()
  if (!data) return null
  const device = scanning.device ?? data.device
  const words = wayWords(device, data.profile)
  return (
    <button type="button" className="scan-line" title={words} aria-keyshortcuts="Shift+F9" onClick={() => (onOpen ?? (() => scanning.setup(component)))()}>
      <IconScan className="i xs" aria-hidden />
      <span className="ell">{words}</span>
      {device?.simulated === true && <Badge tint="sim" icon={IconCpu}>{t('simulated')}</Badge>}
      <KeyCaps keys="Shift+F9" />
    </button>
  )
}
