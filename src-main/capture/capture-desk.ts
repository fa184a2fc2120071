// What is loaded with the first paper.
export { createCaptureDesk, type CaptureDeskDeps } from './desk'
export { createEsclDriver, createSaneDriver, createSimulator, createWatchedDriver, createWiaDriver } from './scan'
