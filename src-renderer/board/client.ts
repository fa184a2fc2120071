import type { BoardContract } from '@contract/hall-contracts'
import type { BoardState, CallNews } from '@contract/queue'
import { createHallClient, type Opening } from '../hall'

const board = createHallClient<BoardContract>()

export const openState: Opening<BoardState> = (signal) => board.state(undefined, { signal })
export const openCalls: Opening<CallNews> = (signal) => board.calls(undefined, { signal })
