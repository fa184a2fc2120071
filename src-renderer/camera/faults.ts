import type { Problem } from '../app/api'

/** Why a camera does not give a picture; names as `getUserMedia` has them. */
const BY_NAME: Readonly<Record<string, Problem['code']>> = {
  NotFoundError: 'QT-019', DevicesNotFoundError: 'QT-019', OverconstrainedError: 'QT-019',
  NotReadableError: 'QT-020', TrackStartError: 'QT-020', AbortError: 'QT-020',
  NotAllowedError: 'QT-021', PermissionDeniedError: 'QT-021', SecurityError: 'QT-021',
}

const nameOf = (error: unknown): string => (typeof error === 'object' && error !== null && 'name' in error ? String(error.name) : '')

/** What `getUserMedia` refused with, as a code with its sentence. A page without `mediaDevices` has no camera. */
export const cameraProblem = (error: unknown): Problem => ({ code: BY_NAME[nameOf(error)] ?? 'QT-022', params: {} })

/** The camera was pulled out or has ended by itself. */
export const CAMERA_GONE: Problem = { code: 'QT-022', params: {} }

/** After these a camera that is plugged in is opened without being asked. */
export const comesBack = ({ code }: Problem): boolean => code === 'QT-019' || code === 'QT-022'
