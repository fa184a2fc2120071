import { type ScanDevice } from '@contract/capture'
import { AppError } from '@contract/errors'
import { captureErrors } from '@contract/errors/capture'
import { basename } from 'node:path'
import { type ScanDriver } from '../types'
import { importFile } from './files'
import { watchFolder, WATCH_TIMING, type WatchTiming } from './watched'

export type WatchedOptions = Readonly<{
  /** Folders into which another program or machine puts its scans. */
  folders: () => readonly string[]
  timing?: WatchTiming
}>

/** Watched folders as devices: a scan takes what appears from its start on, until it is stopped (QT-012; pages stay) or has as many as were asked for. */
export function createWatchedDriver({ folders, timing = WATCH_TIMING }: WatchedOptions): ScanDriver {
  const devices = (): { device: ScanDevice; folder: string }[] =>
    folders().map((folder) => ({ folder, device: { id: `import:${folder}`.slice(0, 500), kind: 'import', name: basename(folder), simulated: false } }))
  const find = ({ id }: ScanDevice): string => {
    const found = devices().find(({ device }) => device.id === id)
    if (!found) throw new AppError(captureErrors.noDevice)
    return found.folder
  }
  return {
    kind: 'import',
    list: async function* () {
      for (const { device } of devices()) yield device
    },
    capabilities: async (device) => {
      find(device)
      return { sources: [{ source: 'feeder', colours: ['colour', 'grey', 'black'], dpis: [300], width: 297, height: 420 }] }
    },
    scan: async function* (device, { most }, folder, signal) {
      let pages = 0
      const watched = watchFolder(find(device), (path) => importFile(path, folder, pages + 1), signal, timing)
      for await (const image of watched) {
        pages += 1
        yield { kind: 'page-started', number: pages }
        yield { kind: 'page', image }
        if (pages === most) {
          yield { kind: 'ended', pages, reason: 'done' }
          return
        }
      }
      throw new AppError(captureErrors.cancelled)
    },
  }
}
