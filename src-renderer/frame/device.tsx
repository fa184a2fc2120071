import { IconAlertTriangle, IconNfc } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { chosenReader, deviceState } from '../chip/readers'
import { useCounterState, useReaders } from '../chip/use-counter'

/** The card reader: ready, simulated, reading, or its fault in red words. Opens the devices in the settings. */
export function Device(): ReactNode {
  const { t, i18n } = useTranslation('frame')
  const navigate = useNavigate()
  const { data } = useReaders()
  const reading = useCounterState(({ work }) => work.kind === 'reading')
  const state = deviceState(data, reading)
  if (state.kind === 'unknown') return null
  const open = (): void => void navigate({ to: '/settings', hash: 'devices' })
  const fault = state.kind === 'fault' ? (i18n.exists(`device.fault.${state.code}`, { ns: 'frame' }) ? t(`device.fault.${state.code}`) : t('device.fault.other', { code: state.code })) : ''
  const words = state.kind === 'fault' ? fault : t(`device.${state.kind}`)
  // What a played reader does is marked as played, also while it reads.
  const simulated = state.kind === 'simulated' || (state.kind === 'reading' && chosenReader(data)?.simulated === true)
  return (
    <button type="button" className="device" onClick={open} title={t('device.open')}>
      {simulated
        ? <span className="bdg sim"><IconNfc className="i" aria-hidden />{words}</span>
        : state.kind === 'fault'
          ? <span className="c-bad w6"><IconAlertTriangle className="i" aria-hidden /> {words}</span>
          : <><IconNfc className="i" aria-hidden /><span className={state.kind === 'ready' ? 'quiet' : ''}>{words}</span></>}
    </button>
  )
}
