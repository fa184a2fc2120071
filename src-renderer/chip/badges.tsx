import { IconAlertTriangle, IconBan, IconCpu, IconShieldCheck, IconShieldQuestion, IconShieldX, IconUserCheck, IconUserQuestion, IconUserX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { IdentityOutcome } from '@contract/chip'
import { Badge, type IconType, type Tint } from '../parts'
import { type ChipMark, marksOf, type Results } from './marks'

const MARKS: Readonly<Record<ChipMark, readonly [Tint, IconType]>> = {
  genuine: ['ok', IconShieldCheck], simulated: ['sim', IconCpu], unproved: ['warn', IconShieldQuestion], changed: ['bad', IconShieldX], revoked: ['bad', IconBan], copied: ['bad', IconAlertTriangle],
}

/** How the chip stands, graver things first. */
export function ChipMarks({ results }: { results: Results }): ReactNode {
  const { t } = useTranslation('chip')
  return marksOf(results).map((mark) => {
    const [tint, icon] = MARKS[mark]
    return <Badge key={mark} tint={tint} icon={icon} title={t(`markMeans.${mark}`)}>{t(`mark.${mark}`)}</Badge>
  })
}

const OUTCOMES: Readonly<Record<IdentityOutcome, readonly [Tint, IconType]>> = {
  'same-person': ['line', IconUserCheck], 'another-person': ['bad', IconUserX], 'card-expired': ['warn', IconAlertTriangle], 'card-lost': ['bad', IconBan], undecided: ['idle', IconUserQuestion],
}

/** What the officer found. */
export function OutcomeBadge({ outcome }: { outcome: IdentityOutcome }): ReactNode {
  const { t } = useTranslation('chip')
  const [tint, icon] = OUTCOMES[outcome]
  return <Badge tint={tint} icon={icon}>{t(`outcome.${outcome}`)}</Badge>
}
