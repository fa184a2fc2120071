export { createWiaDriver, type WiaOptions } from './driver'
