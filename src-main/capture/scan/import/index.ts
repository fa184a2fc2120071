export { createWatchedDriver, type WatchedOptions } from './driver'
export { importFile, importFiles } from './files'
export { mayBePage } from './watched'
