import type { Acts } from '@contract/handling'
import type { DossierId } from '@contract/ids'
import { readDossier, registerEntry } from '../intake'
import { officeOf } from './plans'
import type { ActDeps } from './ports'
import { formsOf, handoversOf, standingOf, supplementsOf } from './rows'
import { type Barred, completedBarred, extensionBarred, extensionDays, handoverBarred, refusalBarred, resultReadyBarred, stopBarred, supplementBarred } from './rules'

const shown = (barred: Barred): Acts['refusal'] => ({ barred: barred && { code: barred.code, params: { ...barred.params } } })

/** What may be done with a dossier now, and what was. `alone`: whoever asks needs no second person. @throws AppError HS-004 */
export function actsOf({ store, clock, calendar, place }: Pick<ActDeps, 'store' | 'clock' | 'calendar' | 'place'>, dossierId: DossierId, alone: boolean): Acts {
  const reader = store.read
  const standing = standingOf(reader, readDossier(reader, dossierId))
  const supplements = supplementsOf(reader, dossierId)
  const handovers = handoversOf(reader, dossierId)
  const open = supplements.find(({ completedAt }) => completedAt === null)
  const { unitName, offices } = place()
  const from = officeOf({ handovers }, unitName)
  const days = standing.dueAt === null ? { latest: null, earliest: null } : extensionDays(standing.dueAt, calendar())
  return {
    dossierId,
    supplement: { ...shown(supplementBarred(standing)), earlier: supplements.length },
    refusal: shown(refusalBarred(standing)),
    extension: { ...shown(extensionBarred(standing, clock.now())), ...days, needsSecond: !alone },
    stop: { ...shown(stopBarred(standing)), needsSecond: !alone },
    handover: { ...shown(handoverBarred(standing)), from, offices: [...offices, unitName].filter((office, index, all) => office !== from && all.indexOf(office) === index) },
    completed: shown(completedBarred(standing)),
    resultReady: shown(resultReadyBarred(standing)),
    open: open ? { items: open.items, askedAt: open.askedAt } : null,
    handovers, forms: formsOf(reader, dossierId), register: registerEntry(reader, dossierId),
  }
}
