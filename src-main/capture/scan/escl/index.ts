export { createEsclDriver, type EsclOptions } from './driver'
export { type HttpNotes } from './http'
export { isNear, parsePlace } from './place'
