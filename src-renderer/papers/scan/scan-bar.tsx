import './scan.css'
import { IconCircleCheck, IconCpu, IconPlayerStop, IconScan } from '@tabler/icons-react'
import { type ReactNode, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Badge, Button, ProblemNote } from '../../parts'
import type { WayOn } from './scan-state'
import type { Scanning } from './use-scanning'
import { type NameOf, useSummaryWords } from './words'

/** A sentence that only says what can be seen goes by itself after this long, in milliseconds. */
const SEEN_MS = 8000

type Props = Readonly<{ scanning: Scanning; componentName: string; /** Names of other components of the draft, for pages that a separator sheet led there. */ nameOf?: NameOf }>

/** The scan at work, what stopped it and the ways on, or what it brought. Nothing while there is nothing to tell. */
export function ScanBar({ scanning, componentName, nameOf }: Props): ReactNode {
  if (scanning.state !== 'idle') return <AtWork scanning={scanning} name={componentName} />
  if (scanning.problem) return <Stopped scanning={scanning} name={componentName} />
  if (scanning.end !== null) return <Ended scanning={scanning} nameOf={(code) => (code === scanning.component ? componentName : (nameOf?.(code) ?? code))} />
  return null
}

function AtWork({ scanning: { state, number, ratio, taken, device, stop }, name }: { scanning: Scanning; name: string }): ReactNode {
  const { t } = useTranslation('scanner')
  const stopping = state === 'stopping'
  const words = stopping ? t('bar.stopping') : state === 'looking' ? t('bar.looking', { device: device?.name ?? t('bar.scanner') }) : device?.kind === 'import' && number === 0 ? t('bar.waitingFolder') : t('bar.page', { number, name })
  const percent = ratio === null ? null : Math.round(ratio * 100)
  return (
    <section className="card scan-bar" aria-label={t('bar.label')}>
      <IconScan className="i c-acc" aria-hidden />
      <div className="grow col">
        <div className="row wrap">
          <p className="w6 ell grow" title={words}>{words}</p>
          {device?.simulated === true && <Badge tint="sim" icon={IconCpu}>{t('simulated')}</Badge>}
          <p className="m t2 num">{percent !== null && !stopping && state === 'scanning' ? t('bar.percent', { percent }) : ''}</p>
          <p className="m w6 num taken" role="status">{t('bar.taken', { count: taken })}</p>
        </div>
        <div className="prog" role="progressbar" aria-label={words} aria-valuemin={0} aria-valuemax={100} {...(percent !== null && { 'aria-valuenow': percent })}><i style={{ width: `${String(percent ?? 0)}%` }} /></div>
      </div>
      <Button icon={IconPlayerStop} keys="Escape" onPress={stop} waitsFor={stopping ? t('bar.stoppingShort') : undefined}>{t('bar.stop')}</Button>
    </section>
  )
}

const KEYS: Readonly<Record<WayOn, string>> = { continue: 'F9', again: 'F9', device: 'Shift+F9' }

function Stopped({ scanning: { problem, ways, taken, component, again, setup, dismiss }, name }: { scanning: Scanning; name: string }): ReactNode {
  const { t } = useTranslation('scanner')
  if (!problem) return null
  const go = (way: WayOn): void => {
    if (way !== 'device') again()
    else if (component !== null) setup(component)
  }
  return (
    <ProblemNote problem={problem}>
      {taken > 0 && <p className="m w6 scan-kept">{t('bar.kept', { count: taken, name })}</p>}
      {ways.map((way) => <Button key={way} small keys={KEYS[way]} onPress={() => go(way)}>{t(`wayOn.${way}`)}</Button>)}
      <Button small keys="Escape" onPress={dismiss}>{t('close', { ns: 'common' })}</Button>
    </ProblemNote>
  )
}

function Ended({ scanning, nameOf }: { scanning: Scanning; nameOf: NameOf }): ReactNode {
  const { t } = useTranslation('scanner')
  const words = useSummaryWords(scanning, nameOf)
  const { dismiss } = scanning
  // More than one thing to tell: it stays until it was read.
  const plain = !words.includes(' · ')
  useEffect(() => {
    if (!plain) return
    const timer = setTimeout(dismiss, SEEN_MS)
    return () => clearTimeout(timer)
  }, [plain, dismiss])
  return (
    <section className="card scan-bar ended" aria-label={t('bar.label')}>
      <IconCircleCheck className="i c-ok" aria-hidden />
      <p className="grow">{words}</p>
      <Button small kind="ghost" onPress={dismiss}>{t('close', { ns: 'common' })}</Button>
    </section>
  )
}
