import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { IdentityCheckView } from '@contract/chip'
import type { DossierId } from '@contract/ids'
import { api } from '../app/api'
import { currentLanguage } from '../app/i18n'
import { keys } from '../app/queries'
import { ChipMarks, OutcomeBadge } from '../chip/badges'
import { resultsOfCheck } from '../chip/marks'
import { commonName } from '../chip/names'
import { useClock } from './clock'
import { nearMoment } from './moments'

/** How the people of the dossier were established: what the chip proved, what the officer found, who and when. */
export function IdentityChecks({ dossierId }: { dossierId: DossierId }): ReactNode {
  const { t } = useTranslation('dossier')
  const { data } = useQuery({ queryKey: keys.checks({ dossierId }), queryFn: () => api.chip.checks({ dossierId }) })
  if (!data || data.length === 0) return null
  return (
    <>
      <h3>{t('identity.title')}</h3>
      <ul className="col" style={{ gap: 8 }}>{data.toReversed().map((check) => <Entry key={check.at + check.who} check={check} />)}</ul>
    </>
  )
}

function Entry({ check }: { check: IdentityCheckView }): ReactNode {
  const { t } = useTranslation('dossier')
  const now = useClock()
  const { who, at, by, protocol, downgraded, signer, differences, reader } = check
  return (
    <li className="m">
      <span className="row wrap" style={{ gap: 6 }}><ChipMarks results={resultsOfCheck(check)} /><OutcomeBadge outcome={check.outcome} /></span>
      <p className="s t2 num" style={{ whiteSpace: 'normal', marginTop: 3 }}>{t(`identity.who.${who}`)} · {nearMoment(at, now, t('today', { ns: 'common' }), currentLanguage())} · {by}</p>
      <p className="s t2">{t('identity.how', { protocol, reader })}{signer !== null && ` · ${t('identity.signer', { signer: commonName(signer) })}`}</p>
      {downgraded && <p className="s c-warn w6">{t('identity.downgraded')}</p>}
      {differences.length > 0 && <p className="s c-warn w6">{t('identity.differed', { facts: differences.map((fact) => t(`fact.${fact}`, { ns: 'chip' })).join(', ') })}</p>}
    </li>
  )
}
