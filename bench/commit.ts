import { createCipheriv, createHash, randomBytes, randomUUID } from 'node:crypto'
import { closeSync, fsyncSync, mkdirSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { toCivil } from '../src-preload/contract/civil-time'
import { UPLOAD_CHUNK } from '../src-preload/contract/calls-intake'
import type { DraftView } from '../src-preload/contract/draft'
import type { Actor } from '../src-main/intake'
import { sideBySide, UPLOADS_AT_ONCE } from '../src-renderer/intake/side-by-side'
import { applySettings, type Connection, openEncrypted } from '../src-main/storage/connection'
import type { Benchmark } from './lib/benchmark'
import { roundsInElectron } from './lib/commit-process'
import { inTurn, timed } from './lib/measure'
import { inFolder, nativeBinding } from './lib/places'
import { actorOf, openWard, type Ward } from './lib/ward'

const DOCUMENTS = 5
const DOCUMENT_BYTES = 1_000_000
const PROCEDURE = '1.000689'
const RUNS = 31
const WARM_UP = 4

/** A document that no run before has stored: a PDF by its head and end, random between. */
function newDocument(): Uint8Array {
  const bytes = randomBytes(DOCUMENT_BYTES)
  bytes.write('%PDF-1.7\n', 0, 'latin1')
  bytes.write('\n%%EOF\n', DOCUMENT_BYTES - 7, 'latin1')
  return bytes
}

const newDocuments = (): Uint8Array[] => Array.from({ length: DOCUMENTS }, newDocument)

/** Numbers as the city leases them: a dossier of a counter that has been in touch gets a final code. */
function lease({ office }: Ward): void {
  const day = toCivil(new Date()).date
  office.store.write((tx) => tx.run(
    'INSERT INTO number_lease (id, agency, day, first, last, next, leased_at) VALUES (?, ?, ?, 1, 9000, 1, ?)',
    [randomUUID(), office.settings().ward.agencyCode, day, new Date().toISOString()]))
}

/** A draft as it stands when the first paper is scanned: person, procedure, answers and fee are in. */
function readyDraft({ office }: Ward, actor: Actor, number: number): DraftView {
  const { version } = office.catalogue.get(PROCEDURE)
  const empty = office.intake.start(actor)
  return office.intake.save(empty.id, empty.revision, {
    ...empty.content,
    applicant: {
      ...empty.content.applicant, fullName: `Lâm Thử Nghiệm ${number}`, idNumber: `07919${String(1_000_000 + number)}`,
      address: 'Số 3 đường Bàu Tràm, phường Tân Mỹ Hưng, Thành phố Hồ Chí Minh',
    },
    procedure: { code: PROCEDURE, version },
    answers: { place: 'here' },
    fee: { ...empty.content.fee, payment: 'cash', councilAmount: 8_000 },
  })
}

/** Side by side as the window sends what is dropped at once; `finish` is asked for in the order of the files. */
async function takeIn({ office: { intake, catalogue } }: Ward, draft: DraftView, documents: readonly Uint8Array[]): Promise<void> {
  const { components } = catalogue.get(PROCEDURE)
  const queue = sideBySide(UPLOADS_AT_ONCE)
  await Promise.all(documents.map((bytes, index) => queue(async (inOrder) => {
    const component = components[index]?.code ?? ''
    const id = await intake.beginDocument({ draftId: draft.id, component, name: `to-${index + 1}.pdf`, size: bytes.length })
    for (let offset = 0; offset < bytes.length; offset += UPLOAD_CHUNK) await intake.uploads.append(id, offset, bytes.subarray(offset, offset + UPLOAD_CHUNK))
    await inOrder(() => intake.uploads.finish(id))
  })))
}

/** Encrypts a file's bytes in one piece and has them on the disk when it returns. */
function floorFile(folder: string, bytes: Uint8Array): void {
  const cipher = createCipheriv('aes-256-gcm', randomBytes(32), randomBytes(12))
  const sealed = cipher.update(bytes)
  cipher.final()
  const file = openSync(join(folder, randomUUID()), 'wx', 0o600)
  writeSync(file, sealed)
  writeSync(file, cipher.getAuthTag())
  fsyncSync(file)
  closeSync(file)
}

function floorDatabase(folder: string): Connection {
  const db = openEncrypted({ file: join(folder, 'floor.db'), key: randomBytes(32), nativeBinding })
  applySettings(db)
  db.exec('CREATE TABLE thing (id INTEGER PRIMARY KEY, bytes BLOB NOT NULL)')
  return db
}

/** Fresh bytes through `files` and one transaction; gives how long it took, in milliseconds. */
function floorRound(db: Connection, files: (documents: readonly Uint8Array[]) => void): () => Promise<number> {
  const insert = db.prepare('INSERT INTO thing (bytes) VALUES (?)')
  return async () => {
    const documents = newDocuments()
    const row = randomBytes(4096)
    return timed(() => {
      files(documents)
      // Outside of an explicit transaction a statement is one of its own; synchronous = FULL holds for this file too.
      insert.run(row)
    })
  }
}

type Rounds = Readonly<{ subject: number[]; floor: number[]; hashed: number[] }>

/** Rounds in this process, whatever runs it. */
export function commitRounds(progress: (done: number) => void): Promise<Rounds> {
  return inFolder(async (folder) => {
    const ward = await openWard(join(folder, 'ward'))
    const floorFolder = join(folder, 'floor')
    mkdirSync(floorFolder)
    const db = floorDatabase(floorFolder)
    const actor = actorOf(ward.office)
    lease(ward)
    let number = 0
    try {
      return await inTurn({ warmUp: WARM_UP, runs: RUNS }, {
        subject: async () => {
          const draft = readyDraft(ward, actor, (number += 1))
          const documents = newDocuments()
          return timed(async () => {
            await takeIn(ward, draft, documents)
            ward.office.intake.commit(actor, { draftId: draft.id, revision: draft.revision, despiteDuplicates: false })
          })
        },
        floor: floorRound(db, (documents) => documents.forEach((bytes) => floorFile(floorFolder, bytes))),
        hashed: floorRound(db, (documents) => documents.forEach((bytes) => {
          createHash('sha256').update(bytes).digest()
          floorFile(floorFolder, bytes)
        })),
      }, progress)
    } finally {
      db.close()
      await ward.close()
    }
  })
}

/**
 * Five documents of 1 MB into a draft and the commit of its dossier, against the same bytes encrypted, synced and one transaction: subject and
 * floor in the runtime that ships, where the core runs, and beside it in this one.
 */
export const commitBenchmark: Benchmark = {
  name: 'commit',
  run: async (progress) => {
    const shipped = await roundsInElectron()
    const here = await commitRounds(progress)
    return [
      { name: 'commit', unit: 'ms', subject: shipped.subject, floor: shipped.floor, target: { of: 'ratio', atMost: 1.5 } },
      { name: 'commit (floor hashes too)', unit: 'ms', subject: shipped.subject, floor: shipped.hashed, target: { of: 'ratio', atMost: 1.5 } },
      { name: 'commit (in Node)', unit: 'ms', subject: here.subject, floor: here.floor, target: { of: 'ratio', atMost: 1.5 } },
    ]
  },
}
