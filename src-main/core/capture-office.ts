import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { toCivil } from '@contract/civil-time'
import type { CoreSettings } from '@contract/host'
import type { DraftId } from '@contract/ids'
import type { ProcedureComponent } from '@contract/procedures'
import type { Settings } from '@contract/settings'
import type { Audit } from '../audit'
import { type CaptureDesk, captureParts } from '../capture'
import { mrzTools } from '../identity'
import type { Intake } from '../intake'
import type { Catalogue } from '../procedures'
import type { Clock, Documents, Log, Reader, Store } from '../storage'
import { piecesOf } from './file-pieces'
import type { Live } from './live'

/** The counter's scanners and pages. */
export type CaptureOffice = Readonly<{ desk: CaptureDesk; close(): Promise<void> }>

type Deps = Readonly<{
  place: CoreSettings; store: Store; documents: Documents; audit: Audit; clock: Clock; live: Live; log: Log
  intake: Intake; catalogue: Catalogue; settings(): Settings
  threads: Readonly<{ pages: URL | null; reading: URL | null }>
}>

type Parts = Awaited<ReturnType<typeof captureParts>>

const SIMULATOR = 'Máy quét giả lập (thực hành)'

/** The ways to scanners of this machine. What is set (addresses, a watched folder) is read whenever it is asked for. */
function machineDrivers(parts: Parts, { place, settings, log }: Pick<Deps, 'place' | 'settings' | 'log'>) {
  const { createEsclDriver, createSaneDriver, createSimulator, createWatchedDriver, createWiaDriver } = parts
  const windows = process.platform === 'win32'
  return [
    windows ? createWiaDriver({ script: join(place.resourcesFolder, 'scan', 'wia.ps1') }) : createSaneDriver(),
    createEsclDriver({ addresses: () => settings().devices.scanners, notes: { selfSigned: () => log('scan.self-signed', {}) } }),
    createWatchedDriver({ folders: () => [settings().devices.watchedFolder].filter((folder) => folder !== null) }),
    ...(place.practice ? [createSimulator({ papers: join(place.resourcesFolder, 'practice', 'scans'), name: SIMULATOR })] : []),
  ]
}

/** What the draft's procedure asks for; nothing before one is chosen. */
function componentsOf(catalogue: Catalogue, reader: Reader, draftId: DraftId): readonly ProcedureComponent[] {
  const procedure = reader.get(
    "SELECT json_extract(content, '$.procedure.code') AS code, json_extract(content, '$.procedure.version') AS version FROM draft WHERE id = ?", [draftId],
    (row) => ({ code: row.textOrNull('code'), version: row.textOrNull('version') }))
  if (!procedure || procedure.code === null || procedure.version === null) return []
  return catalogue.version(reader, procedure.code, procedure.version).components
}

/** A file into a draft as a document of its own, in the steps that the window takes. */
async function takeDocument(intake: Intake, { draftId, component, file, name }: Readonly<{ draftId: DraftId; component: string; file: string; name: string }>): Promise<void> {
  const handle = await open(file)
  try {
    const { size } = await handle.stat()
    const uploadId = await intake.beginDocument({ draftId, component, name, size })
    for await (const { offset, bytes } of piecesOf(handle, size)) await intake.uploads.append(uploadId, offset, new Uint8Array(bytes))
    await intake.uploads.finish(uploadId)
  } finally {
    await handle.close()
  }
}

/** Opens the ways to paper. What is missing shows when it is asked for; nothing here keeps the counter from starting. */
export async function openCaptureOffice(deps: Deps): Promise<CaptureOffice> {
  const { place, store, documents, audit, clock, live, log, intake, catalogue, threads } = deps
  const parts = await captureParts()
  const nameOf = (draftId: DraftId, component: string): string => componentsOf(catalogue, store.read, draftId).find(({ code }) => code === component)?.name ?? component
  const desk = parts.createCaptureDesk({
    store, documents, audit, clock, log, changed: live.emit, threads, shelfFolder: join(place.dataFolder, 'incoming-pages'),
    drivers: machineDrivers(parts, deps),
    uploads: intake.pictures,
    takeDocument: async (input) => {
      await takeDocument(intake, { ...input, name: `${nameOf(input.draftId, input.component).slice(0, 80)}.pdf` })
      live.emit({ kind: 'drafts' })
    },
    assertOpen: intake.assertOpen,
    componentName: nameOf,
    components: (draftId) => componentsOf(catalogue, store.read, draftId).map(({ code }) => code),
    today: () => toCivil(clock.now()).date,
    mrz: await mrzTools(),
  })
  return { desk, close: () => desk.close() }
}
