import type { DraftId } from '@contract/ids'
import { api } from '../app/api'
import { queryClient } from '../app/queries'
import { nextAct } from './next-act'

/**
 * Shows a draft with nothing missing to the citizen, where there is a display and it was not confirmed as it stands. Asks the core: what
 * the screen knows may be a moment old. Answers whether the citizen is looking at it now.
 */
export async function showFirst(draftId: DraftId): Promise<boolean> {
  const [display, confirmation] = await Promise.all([api.display.state(), api.display.confirmation({ draftId })])
  const next = nextAct({ draftId, display, confirmation, gaps: 0 })
  if (next === 'show') await api.display.show({ kind: 'check', draftId })
  await queryClient.invalidateQueries({ queryKey: ['display'] })
  return next !== 'receive'
}
