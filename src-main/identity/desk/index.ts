export { type ChipDesk, createChipDesk } from './desk'
