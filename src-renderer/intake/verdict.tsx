import { IconBan, IconMapPinCheck, IconMapPinOff, IconMapPinQuestion, IconWorldCheck } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Verdict } from '@contract/draft'
import { Badge, type IconType, Note, type Tint } from '../parts'

const SHOWN: Readonly<Record<Verdict['kind'], readonly [Tint, IconType, 'ok' | 'warn' | 'idle']>> = {
  here: ['ok', IconMapPinCheck, 'ok'], anywhere: ['ok', IconWorldCheck, 'ok'], elsewhere: ['warn', IconMapPinOff, 'warn'],
  'not-eligible': ['line', IconBan, 'warn'], ask: ['idle', IconMapPinQuestion, 'idle'],
}

/** Whether this counter may take the errand, in two words. */
export function VerdictBadge({ verdict }: { verdict: Verdict }): ReactNode {
  const { t } = useTranslation('intake')
  const [tint, icon] = SHOWN[verdict.kind]
  return <Badge tint={tint} icon={icon}>{t(`verdict.${verdict.kind}`)}</Badge>
}

/** The same as a sentence with its reasons and where to go instead. */
export function VerdictNote({ verdict, children }: { verdict: Verdict; children?: ReactNode }): ReactNode {
  const { t } = useTranslation('intake')
  const [, icon, tint] = SHOWN[verdict.kind]
  const reasons = verdict.reasons.filter((reason) => reason !== 'reason.questions-open').map((reason) => (reason.startsWith('reason.') ? t(reason) : reason))
  return (
    <Note tint={tint} icon={icon} role="status">
      <p className="verdict">{t(`verdictTitle.${verdict.kind}`)}</p>
      {reasons.length > 0 && <p>{reasons.join(' ')}</p>}
      {verdict.goTo !== null && <p className="w6">{verdict.goTo}</p>}
      {children}
    </Note>
  )
}
