import { IconDeviceTv, IconPrinter, IconRefresh, IconUserCheck, IconWriting } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { IssuanceView } from '@contract/signing'
import { api } from '../app/api'
import { Button, FailureNote, Note } from '../parts'
import type { StepProps } from './step-props'

/** Read by the citizen: on the display, or on paper where there is none. */
function OnDisplayOrPaper({ step, acts, display, view, paper }: StepProps & { step: 'consent' | 'content' | 'handover'; paper: 'agreement' | 'handover' }): ReactNode {
  const { t } = useTranslation('signing-desk')
  const waiting = view.waits === 'citizen'
  return (
    <div className="row wrap">
      <Button kind={display ? 'primary' : 'neutral'} small icon={IconDeviceTv} {...(display && { keys: 'Ctrl+Enter' })} waitsFor={acts.busy ? t('working') : undefined} onPress={() => acts.act({ step, how: 'display' })}>{waiting ? t('showAgain') : t(`show_.${step}`)}</Button>
      <Button small icon={IconWriting} {...(!display && { keys: 'Ctrl+Enter' })} kind={display ? 'neutral' : 'primary'} onPress={() => acts.act({ step, how: 'paper' })}>{t(`onPaper.${step}`)}</Button>
      <PrintButton view={view} paper={paper} />
      {waiting && <span className="m w5 c-acc" role="status">{t('citizenReads')}</span>}
    </div>
  )
}

export function PrintButton({ view, paper }: { view: IssuanceView; paper: 'agreement' | 'handover' | 'leaflet' | 'slip' }): ReactNode {
  const { t } = useTranslation('signing-desk')
  const print = useMutation({ mutationFn: () => api.issuance.print({ id: view.id, paper }) })
  return (
    <>
      <Button small icon={IconPrinter} waitsFor={print.isPending ? t('printing') : undefined} onPress={() => print.mutate()}>{t(`print.${paper}`)}</Button>
      {print.data && <span className="s t2" role="status">{t(`outcome.${print.data.printed}`)}</span>}
      <FailureNote error={print.error} />
    </>
  )
}

export const ConsentStep = (props: StepProps): ReactNode => <OnDisplayOrPaper {...props} step="consent" paper="agreement" />
export const ContentStep = (props: StepProps): ReactNode => <OnDisplayOrPaper {...props} step="content" paper="agreement" />

/** The face beside the person: only the officer can tell. */
export function PersonStep({ acts }: StepProps): ReactNode {
  const { t } = useTranslation('signing-desk')
  return (
    <div className="row wrap">
      <Button kind="primary" small icon={IconUserCheck} keys="Ctrl+Enter" waitsFor={acts.busy ? t('working') : undefined} onPress={() => acts.act({ step: 'person', how: 'face' })}>{t('samePerson')}</Button>
      <Button small onPress={() => acts.act({ step: 'person', how: 'known' })}>{t('knownPerson')}</Button>
    </div>
  )
}

/** With the CA; the line may be down, and the citizen may leave. */
export function CertificateStep({ view, acts }: StepProps): ReactNode {
  const { t } = useTranslation('signing-desk')
  const away = view.state === 'queued' || view.waits === 'line'
  return (
    <>
      <Note tint={away ? 'warn' : 'info'}>{t(away ? 'caAway' : view.waits === 'citizen' ? 'storeNeedsCitizen' : view.waits === 'phone' ? 'activateOnPhone' : 'caWorks')}</Note>
      <div className="row wrap">
        <Button kind="primary" small icon={IconRefresh} keys="Ctrl+Enter" waitsFor={acts.busy ? t('asking') : undefined} onPress={() => acts.act({ step: 'certificate' })}>{t(view.waits === 'citizen' ? 'storeNow' : 'askNow')}</Button>
        {view.waits !== 'citizen' && <PrintButton view={view} paper="slip" />}
      </div>
    </>
  )
}

/** The first real signature: on the agreement itself. */
export function TrialStep({ view, acts, display }: StepProps): ReactNode {
  const { t } = useTranslation('signing-desk')
  return (
    <div className="row wrap">
      <Button kind="primary" small icon={view.waits === 'phone' ? IconRefresh : IconWriting} keys="Ctrl+Enter" waitsFor={acts.busy ? t('working') : undefined} onPress={() => acts.act({ step: 'trial' })}>{t(view.waits === 'phone' ? 'askNow' : 'signAgreement')}</Button>
      {!display && view.provider.kind === 'token' && <span className="m c-warn w6">{t('displayNeeded')}</span>}
      {view.waits === 'phone' && <span className="m w5 c-acc" role="status">{t('confirmOnPhone')}</span>}
    </div>
  )
}

export const HandoverStep = (props: StepProps): ReactNode => (
  <>
    <OnDisplayOrPaper {...props} step="handover" paper="handover" />
    <div className="row wrap"><PrintButton view={props.view} paper="leaflet" /></div>
  </>
)
