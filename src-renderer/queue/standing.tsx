import { IconRotate } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { QueueState, QueueTicket } from '@contract/queue'
import { Button } from '../parts'
import type { QueueActs } from './use-queue'

/** Numbers that an officer may take over: nobody who can be reached holds them, and nobody was at work on them. */
export const isClaimable = ({ side, state }: QueueTicket): boolean => side === 'other-side' && (state === 'waiting' || state === 'held' || state === 'no-show')

/** Cut off or in trouble: said once, with what it means for the people who wait and what can be done. */
export function Standing({ queue, acts }: { queue: QueueState; acts: QueueActs }): ReactNode {
  const { t } = useTranslation('queue')
  const { standing, trouble, prefix, tickets } = queue
  const claimable = tickets.filter(isClaimable)
  if (standing === 'alone' && tickets.some(({ side }) => side === 'other-side')) return <CutOff queue={queue} claimable={claimable} acts={acts} />
  if (trouble !== null) return <p className="m c-warn w6 said" role="status">{t(`trouble.${trouble}`)}</p>
  if (standing !== 'alone') return null
  return <p className="m t2 said" role="status">{prefix === '' ? t('aloneBare') : t('alone', { prefix })}</p>
}

function CutOff({ queue, claimable, acts }: { queue: QueueState; claimable: readonly QueueTicket[]; acts: QueueActs }): ReactNode {
  const { t } = useTranslation('queue')
  const lost = queue.counters.filter(({ here, reached }) => !here && !reached).map(({ name }) => name)
  const counters = lost.length === 0 ? t('otherCounters') : lost.join(', ')
  const [first, ...rest] = claimable.map(({ id }) => id)
  const help = queue.prefix === '' ? t('lostHelpBare') : t('lostHelp', { prefix: queue.prefix })
  return (
    <div className="said row" role="status">
      <p className="m grow"><b className="c-warn">{t('lost', { counters })}</b> {first === undefined ? help : t('lostClaim')}</p>
      {first !== undefined && <Button small icon={IconRotate} onPress={() => acts.claimAll([first, ...rest])} waitsFor={acts.busy ? t('claiming') : undefined}>{t('claimAll', { count: claimable.length })}</Button>}
    </div>
  )
}
