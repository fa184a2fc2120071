import type { ScanCaps, ScanDevice, ScanImage, ScanKind, ScanOptions } from '@contract/capture'

/** What happens while paper is drawn in. A page is on the disk, whole and decoded once, before it is announced. */
export type ScanEvent =
  | Readonly<{ kind: 'page-started'; number: number }>
  /** `ratio` 0 … 1 of the page, `bytes` so far; null where the device does not tell. */
  | Readonly<{ kind: 'progress'; number: number; ratio: number | null; bytes: number | null }>
  | Readonly<{ kind: 'page'; image: ScanImage }>
  | Readonly<{ kind: 'ended'; pages: number; reason: 'done' | 'feeder-empty' }>

/** What tells that two ways lead to the same machine. `second`: shown only where no other way does (SANE's own eSCL client). */
export type ScanLikeness = Readonly<{ hosts: readonly string[]; name: string; second: boolean }>

/** One way to pictures (`devices.md` A.5). Errors are AppErrors QT-…; pages announced before an error are kept by whoever took them. */
export type ScanDriver = Readonly<{
  kind: ScanKind
  /** Streams devices, so that a slow way does not hold back a fast one. */
  list(signal: AbortSignal): AsyncIterable<ScanDevice>
  capabilities(device: ScanDevice, signal: AbortSignal): Promise<ScanCaps>
  /** Page files go into `folder`; ending the iteration or the signal stops the device. @throws AppError QT-001 … QT-015 */
  scan(device: ScanDevice, options: ScanOptions, folder: string, signal: AbortSignal): AsyncIterable<ScanEvent>
  /** For a device that was listed; null where nothing is known. */
  likeness?(device: ScanDevice): ScanLikeness | null
}>
