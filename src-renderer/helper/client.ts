import type { HelperNews } from '@contract/assist'
import type { HelperContract } from '@contract/hall-contracts'
import { createHallClient, type Opening } from '../hall'

/** The calls of this window: all that a helper can do. */
export const core = createHallClient<HelperContract>()

export const openNews: Opening<HelperNews> = (signal) => core.news(undefined, { signal })
