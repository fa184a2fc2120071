export type { CaptureDesk } from './desk/desk-types'

/** Everything about paper: large, and first needed when somebody has signed in. */
export const captureParts = () => import('./capture-desk')
