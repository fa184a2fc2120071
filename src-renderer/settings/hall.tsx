import { IconDeviceDesktop, IconDeviceTv, IconKeyboard, IconPlayerPlay, IconX } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { HALL_WINDOWS, type HallPlace, type HallState, type HallWindow } from '@contract/hall'
import { api } from '../app/api'
import { keys, queryClient } from '../app/queries'
import { useMay } from '../app/session'
import { Badge, Button, Check, FailureNote, Loading, Note, Segmented } from '../parts'
import { useDisplay, useDisplayActs } from '../show/use-display'
import { Section } from './section'

/** Windows of the hall and the monitors of this machine: acts at once, kept for the next start. */
export function HallSection(): ReactNode {
  const { t } = useTranslation('settings')
  const { data: hall, error } = useQuery({ queryKey: keys.hall, queryFn: () => api.hall.state() })
  return (
    <Section title={t('section.hall')} icon={IconDeviceTv}>
      <p className="m t2 prose">{t('hall.words')}</p>
      <FailureNote error={error} />
      {hall ? <Windows hall={hall} /> : error === null && <Loading />}
      <PinTrial />
    </Section>
  )
}

type Act = Readonly<{ open: HallWindow; place: HallPlace }> | Readonly<{ close: HallWindow }> | Readonly<{ display: HallState['display']; atStart: HallWindow[] }>

function carryOut(act: Act): Promise<HallState> {
  if ('open' in act) return api.hall.open({ window: act.open, place: act.place, monitor: null })
  return 'close' in act ? api.hall.close({ window: act.close }) : api.hall.plan(act)
}

function Windows({ hall }: { hall: HallState }): ReactNode {
  const { t } = useTranslation('settings')
  const { mutate, error } = useMutation({ mutationFn: carryOut, onSuccess: (next) => queryClient.setQueryData(keys.hall, next) })
  const atStart = (window: HallWindow, on: boolean): void => mutate({ display: hall.display, atStart: on ? [...hall.atStart, window] : hall.atStart.filter((other) => other !== window) })
  return (
    <div className="col" style={{ gap: 14 }}>
      <FailureNote error={error} />
      <ul className="framed" aria-label={t('hall.monitors')}>
        {hall.monitors.map(({ id, name, holds }) => <li key={id} className="row" style={{ padding: '8px 14px' }}><IconDeviceDesktop className="i" aria-hidden /><span className="grow">{name}</span>{holds === null ? <span className="t2">{t('hall.free')}</span> : <Badge tint="info">{t(`hall.window.${holds}`)}</Badge>}</li>)}
      </ul>
      {hall.monitors.length < 2 && <Note>{t('hall.oneMonitor')}</Note>}
      <ul className="framed windows" aria-label={t('hall.windows')}>
        {HALL_WINDOWS.map((window) => {
          const open = hall.open.find((one) => one.window === window)
          return (
            <li key={window} className="row wrap">
              <span className="grow"><b>{t(`hall.window.${window}`)}</b><span className="s t2" style={{ display: 'block' }}>{t(`hall.what.${window}`)}</span></span>
              {window !== 'display' && <Check label={t('hall.atStart')} checked={hall.atStart.includes(window)} onChange={(on) => atStart(window, on)} />}
              {open
                ? <Button small icon={IconX} label={t('hall.closeWindow', { window: t(`hall.window.${window}`) })} onPress={() => mutate({ close: window })}>{t('hall.close')}</Button>
                : (
                  <>
                    <Button small icon={IconPlayerPlay} label={t('hall.openOn', { window: t(`hall.window.${window}`) })} onPress={() => mutate({ open: window, place: 'monitor' })}>{t('hall.onMonitor')}</Button>
                    <Button small label={t('hall.openIn', { window: t(`hall.window.${window}`) })} onPress={() => mutate({ open: window, place: 'window' })}>{t('hall.inWindow')}</Button>
                  </>
                )}
            </li>
          )
        })}
      </ul>
      <div className="row wrap"><span className="m w6">{t('hall.second')}</span><Segmented label={t('hall.second')} value={hall.display} onChange={(display) => mutate({ display, atStart: hall.atStart })} options={[{ value: 'auto', label: t('hall.auto') }, { value: 'off', label: t('hall.off') }]} /></div>
    </div>
  )
}

/** The PIN pad on the citizen's side, to be tried before anybody needs it. */
function PinTrial(): ReactNode {
  const { t } = useTranslation('settings')
  const { t: show } = useTranslation('show')
  const mayReceive = useMay('receive')
  const display = useDisplay()
  const acts = useDisplayActs()
  if (!mayReceive || display?.attached !== true) return null
  const { shown, answer } = display
  return (
    <div className="col" style={{ gap: 8, marginTop: 14 }}>
      <h3>{t('hall.pinTitle')}</h3>
      <p className="m t2 prose">{t('hall.pinWords')}</p>
      <div className="row wrap">
        <Button small icon={IconKeyboard} onPress={() => acts.show({ kind: 'pin-trial' })}>{show('push.pin-trial')}</Button>
        {shown.kind === 'pin' && <Button small onPress={acts.moreTime}>{show('moreTime')}</Button>}
        {shown.kind === 'pin' && <Button small onPress={acts.clear}>{t('hall.pinStop')}</Button>}
        <span className="m" role="status">{shown.kind === 'pin' ? show(shown.typing ? 'pin.typing' : 'pin.waits', { round: shown.round }) : answer?.kind === 'pin-set' ? t('hall.pinDone') : ''}</span>
      </div>
      <FailureNote error={acts.error} />
    </div>
  )
}
