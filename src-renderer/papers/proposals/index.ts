export { Proposals } from './proposals'
