export { type ImageFacts } from './facts'
export { kindOf, MOST_BYTES, MOST_PIXELS, repairHeight, wholePage } from './whole'
