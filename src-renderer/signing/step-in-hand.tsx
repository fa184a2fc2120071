import { IconCircleDot, IconEyeOff } from '@tabler/icons-react'
import { type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { IssuanceStep, IssuanceView } from '@contract/signing'
import { useDisplay } from '../show/use-display'
import { CertificateStep, ConsentStep, ContentStep, HandoverStep, PersonStep, TrialStep } from './steps-by-hand'
import { IdentityStep } from './identity-step'
import { PhoneStep } from './phone-step'
import { stepHelp, stepName } from './step-name'
import type { StepProps } from './step-props'
import { KeyStep, PinStep } from './token-steps'
import type { IssuanceActs } from './use-signing'

const FORMS: Readonly<Record<IssuanceStep, (props: StepProps) => ReactNode>> = {
  consent: ConsentStep, identity: IdentityStep, person: PersonStep, phone: PhoneStep, content: ContentStep, pin: PinStep, key: KeyStep, certificate: CertificateStep, trial: TrialStep, handover: HandoverStep,
}

/** The step in hand: what it is, what the officer says, and the acts. */
export function StepInHand({ number, view, step, acts }: { number: number; view: IssuanceView; step: IssuanceStep; acts: IssuanceActs }): ReactNode {
  const { t } = useTranslation('signing-desk')
  const display = useDisplay()
  const pin = display?.shown.kind === 'pin' ? display.shown : null
  const pinShown = pin !== null
  const Form = FORMS[step]
  const row = useRef<HTMLLIElement>(null)
  useEffect(() => row.current?.scrollIntoView({ block: 'nearest' }), [pinShown])
  return (
    <li className="stepnow" aria-current="step" ref={row}>
      <span className="num w6">{number}</span>
      <IconCircleDot className="i c-acc" aria-hidden />
      <div className="col" style={{ gap: 8 }}>
        <div><h2 className="l">{stepName(t, view.provider.kind, step)}</h2><p>{stepHelp(t, view.provider.kind, step)}</p></div>
        {pin === null && <Form view={view} acts={acts} display={display?.attached ?? false} />}
        {pin && <p className="typing row m w5" role="status">{t(pin.typing ? 'typing' : 'waitsForTyping', { round: pin.round })}</p>}
        {view.provider.kind === 'token' && (step === 'pin' || step === 'trial' || pin !== null) && <p className="s t2 row" style={{ gap: 6 }}><IconEyeOff className="i xs" aria-hidden />{t('neverAskPin')}</p>}
      </div>
    </li>
  )
}
