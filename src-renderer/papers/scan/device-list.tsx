import { IconAlertTriangle, IconCpu, IconFolder, IconNetwork, IconRefresh, IconScan } from '@tabler/icons-react'
import { type KeyboardEvent, type ReactNode, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { ScanKind } from '@contract/capture'
import { Badge, Button, type IconType, ProblemNote } from '../../parts'
import type { Line, Trouble } from './found'
import type { Devices } from './use-devices'

const ICONS: Readonly<Record<ScanKind, IconType>> = { sane: IconScan, escl: IconNetwork, wia: IconScan, camera: IconScan, import: IconFolder, simulator: IconCpu }
const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1, Home: -99, End: 99 }

type Props = Readonly<{ devices: Devices; lines: readonly Line[]; chosen: string | null; onPick: (id: string) => void }>

/** Scanners as they are found, and under them the ways that do not work. */
export function DeviceList({ devices: { found, looking, seconds, problem, lookAgain }, lines, chosen, onPick }: Props): ReactNode {
  const { t } = useTranslation('scanner')
  return (
    <section className="col scan-found" aria-label={t('devices')}>
      <div className="row head">
        <h3 className="grow">{t('devices')}</h3>
        <span className="s t2" role="status">{looking ? t(seconds < 2 ? 'looking' : 'lookingFor', { seconds }) : t('foundCount', { count: found.devices.length })}</span>
        {!looking && <Button small icon={IconRefresh} keys="Ctrl+R" onPress={lookAgain}>{t('lookAgain')}</Button>}
      </div>
      {problem && <ProblemNote problem={problem} focus={false} />}
      {lines.length > 0 && <Lines lines={lines} chosen={chosen} onPick={onPick} />}
      {lines.length === 0 && looking && <p className="m t2 scan-wait">{t('lookingWords')}</p>}
      <Troubles troubles={found.troubles} />
    </section>
  )
}

function Lines({ lines, chosen, onPick }: Omit<Props, 'devices'>): ReactNode {
  const { t } = useTranslation('scanner')
  const box = useRef<HTMLDivElement>(null)
  const press = (event: KeyboardEvent): void => {
    const step = STEPS[event.key]
    if (step === undefined) return
    event.preventDefault()
    const at = lines.findIndex(({ device }) => device.id === chosen)
    const to = Math.max(0, Math.min(lines.length - 1, at + step))
    const next = lines[to]
    if (!next) return
    onPick(next.device.id)
    box.current?.querySelectorAll('button')[to]?.focus()
  }
  return (
    <div className="scan-lines" role="radiogroup" aria-label={t('devices')} ref={box} onKeyDown={press}>
      {lines.map(({ device: { id, kind, name, simulated }, mark }) => {
        const Icon = ICONS[kind]
        const on = id === chosen
        return (
          <button key={id} type="button" role="radio" aria-checked={on} tabIndex={on ? 0 : -1} data-autofocus={on || undefined} className={`item ${on ? 'sel' : ''}`} onClick={() => onPick(id)}>
            <span className="dot" aria-hidden />
            <Icon className="i" aria-hidden />
            <span className="grow col">
              <span className="w6 nm">{name}</span>
              <span className="row wrap marks">
                {simulated && <Badge tint="sim" icon={IconCpu}>{t('simulated')}</Badge>}
                {mark === 'missing' && <Badge tint="warn" icon={IconAlertTriangle}>{t('missing')}</Badge>}
                <span className="s t2">{t(`kind.${kind}`)}</span>
                {mark === 'last' && <span className="src">{t('usedLast')}</span>}
              </span>
            </span>
          </button>
        )
      })}
    </div>
  )
}

/** Ways that do not work, folded away: they matter to whoever mends them. */
export function Troubles({ troubles }: { troubles: readonly Trouble[] }): ReactNode {
  const { t } = useTranslation('scanner')
  if (troubles.length === 0) return null
  return (
    <details className="scan-troubles">
      <summary className="m w5">{t('troubles', { count: troubles.length })}</summary>
      <ul>
        {troubles.map(({ way, code, params }) => (
          <li key={way + code} className="m">
            <p><span className="w6">{t(`ways.${way}`)}:</span> {t(`${code}.what`, { ns: 'errors', ...params })}</p>
            <p className="s t2">{t(`${code}.next`, { ns: 'errors', ...params })} {t('code', { ns: 'common', code })}</p>
          </li>
        ))}
      </ul>
    </details>
  )
}
