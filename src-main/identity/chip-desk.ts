export { type ChipDesk, createChipDesk } from './desk'
export { warmUpDecoder } from './lds'
export { practiceCards, practiceRoot } from './practice-cards'
export { createTrust, type TrustStore } from './trust'
