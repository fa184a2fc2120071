import { IconAlertTriangle, IconBan, IconCertificate, IconCircleCheck, IconClockHour4, IconCloudOff, IconHelpCircle, IconHourglass, IconPlayerStop, IconProgress, IconShieldCheck, IconShieldX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { CertificateSheet, IssuanceRow, IssuanceState, SignedBadge, Verdict } from '@contract/signing'
import { Badge, type IconType, type Tint } from '../parts'

const STATES: Readonly<Record<IssuanceState, readonly [Tint, IconType]>> = {
  open: ['info', IconProgress], queued: ['warn', IconCloudOff], waiting: ['idle', IconHourglass], done: ['ok', IconCircleCheck], stopped: ['line', IconPlayerStop], refused: ['bad', IconBan],
}

/** Where an issuance stands. With a key far away it waits for the citizen's phone, not for the CA. */
export function IssuanceBadge({ state, waits }: Pick<IssuanceRow, 'state' | 'waits'>): ReactNode {
  const { t } = useTranslation('signing-desk')
  const [tint, icon] = STATES[state]
  return <Badge tint={tint} icon={icon}>{t(state === 'waiting' && waits === 'phone' ? 'statePhone' : `state.${state}`)}</Badge>
}

export const VERDICTS: Readonly<Record<Verdict, readonly [Tint & ('ok' | 'warn' | 'bad'), IconType]>> = {
  'TOTAL-PASSED': ['ok', IconShieldCheck], INDETERMINATE: ['warn', IconHelpCircle], 'TOTAL-FAILED': ['bad', IconShieldX],
}

/** Hợp lệ / chưa xác định / không hợp lệ. */
export function VerdictBadge({ verdict, title }: { verdict: Verdict; title?: string }): ReactNode {
  const { t } = useTranslation('signing')
  const [tint, icon] = VERDICTS[verdict]
  return <Badge tint={tint} icon={icon} {...(title !== undefined && { title })}>{t(`verdict.${verdict}`)}</Badge>
}

/** Beside a paper: signed, and whether it can be relied on. A later change is said before anything else. */
export function SignedMark({ badge }: { badge: SignedBadge }): ReactNode {
  const { t } = useTranslation('signing-desk')
  if (badge.changedSince) return <Badge tint="bad" icon={IconAlertTriangle} title={badge.signers.join(', ')}>{t('mark.changed')}</Badge>
  return <VerdictBadge verdict={badge.verdict} title={t('mark.signedBy', { names: badge.signers.join(', ') })} />
}

const CERTIFICATES: Readonly<Record<CertificateSheet['state'], readonly [Tint, IconType]>> = {
  'in-force': ['ok', IconCertificate], expired: ['bad', IconClockHour4], 'not-yet': ['warn', IconClockHour4], revoked: ['bad', IconBan], unknown: ['warn', IconHelpCircle],
}

export function CertificateBadge({ state }: { state: CertificateSheet['state'] }): ReactNode {
  const { t } = useTranslation('signing')
  const [tint, icon] = CERTIFICATES[state]
  return <Badge tint={tint} icon={icon}>{t(`certState.${state}`)}</Badge>
}

/** A CA for demonstrations is never taken for a licensed one. */
export function DemoMark({ demo }: { demo: boolean }): ReactNode {
  const { t } = useTranslation('signing-desk')
  return demo ? <Badge tint="sim">{t('demo')}</Badge> : null
}
