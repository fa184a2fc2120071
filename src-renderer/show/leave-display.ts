import type { DisplayState } from '@contract/display'
import { api } from '../app/api'

/** What is asked about one errand; thanks and the question how it was may outlast it. */
const OF_AN_ERRAND: readonly DisplayState['shown']['kind'][] = ['check', 'consent', 'pay', 'handover']

/** The errand in hand is another from now on: what its citizen was asked goes off the display, so that nobody else reads or answers it. */
export async function leaveDisplay(): Promise<void> {
  try {
    const { shown } = await api.display.state()
    if (OF_AN_ERRAND.includes(shown.kind)) await api.display.clear()
  } catch {
    // Parking a draft, or beginning one, never fails because of the display; its card says what is shown.
  }
}
