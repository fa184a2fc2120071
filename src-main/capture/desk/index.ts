export { createCaptureDesk, type CaptureDeskDeps } from './desk'
