export { createSaneDriver } from './driver'
