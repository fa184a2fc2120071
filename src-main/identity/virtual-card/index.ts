export { createVirtualChip } from './card'
export { type ActiveKey, BARE, type ChipKey, type ChipProfile } from './profile'
