import { folderState, openKeyring, deriveKeys } from '../src-main/storage'
import { openEncrypted } from '../src-main/storage/connection'
import { databaseFile } from '../src-main/storage/side-files'
import { matchesFor } from '../src-main/intake/search'
import { readPracticeWard } from '../src-main/core/resources'
import { fold } from '../src-preload/contract/fold'
import type { Benchmark } from './lib/benchmark'
import { startCore } from './lib/core-thread'
import { inTurn, timed } from './lib/measure'
import { nativeBinding, resourcesFolder } from './lib/places'
import { seededFolder } from './lib/seed'
import { seeded } from '../test/seeded'

const DOSSIERS = 200_000
/** Dossiers that somebody looks for; each gives up to twenty queries. */
const WANTED = 160
const WARM_UP = 100
const LIMIT = 12

type Wanted = Readonly<{ code: string; name: string; idNumber: string; phone: string }>

/** Everything that the box asks on the way to a text, letter by letter. */
const typed = (text: string, from = 1): string[] => Array.from({ length: Math.max(0, text.length - from + 1) }, (_, index) => text.slice(0, from + index)).filter((part) => !part.endsWith(' '))

/** What an officer may type to find one dossier, a mix of ways. */
function queriesFor({ code, name, idNumber, phone }: Wanted, way: number): string[] {
  const plain = fold(name)
  const words = name.split(' ')
  const ways: (() => string[])[] = [
    () => typed(plain),
    () => typed(name),
    () => [`${fold(words[0] ?? '')} ${fold(words.at(-1) ?? '')}`, `${words[0] ?? ''} ${words.at(-1) ?? ''}`, fold(words.slice(-2).join(' '))],
    () => [plain.split(' ').map((word) => word[0]).join(''), `${plain} ${code.slice(-4)}`],
    () => typed(idNumber, 3),
    () => typed(phone, 3),
    () => [code, code.slice(-11), code.slice(-4), code.replaceAll('-', ' ')],
    () => [code.slice(-4), idNumber.slice(-9)],
  ]
  return ways[way % ways.length]?.() ?? []
}

function shuffled<T>(list: readonly T[], random: () => number): T[] {
  return list.map((item) => ({ item, at: random() })).sort((left, right) => left.at - right.at).map(({ item }) => item)
}

/** A second connection to the same file, for the bare query only. */
async function openBare(folder: string) {
  if (folderState(folder) !== 'ready') throw new Error('the seeded folder is not ready')
  const { administrator } = readPracticeWard(resourcesFolder)
  const key = await openKeyring({ folder }).unlockWithOfficer(administrator.loginName, administrator.secret)
  return openEncrypted({ file: databaseFile(folder), key: deriveKeys(key).database, nativeBinding, mustExist: true })
}

/** Type-ahead over 200,000 dossiers through the contract, against the bare FTS5 query on the same file. */
export const searchBenchmark: Benchmark = {
  name: 'search',
  run: async (progress) => {
    const folder = await seededFolder({ dossiers: DOSSIERS, submission: 'received' })
    const core = await startCore(folder)
    const bare = await openBare(folder)
    try {
      const random = seeded(7)
      const statement = bare.prepare<[string, number]>('SELECT rowid FROM dossier_search WHERE dossier_search MATCH ? ORDER BY rowid DESC LIMIT ?')
      const wanted = bare.prepare<[number], Wanted>('SELECT code, applicant_name AS name, applicant_id_number AS idNumber, applicant_phone AS phone FROM dossier WHERE rowid = ?')
      const queries = shuffled(Array.from({ length: WANTED }, (_, index) => {
        const row = wanted.get(1 + Math.floor(random() * DOSSIERS))
        return row ? queriesFor(row, index) : []
      }).flat(), random)
      const subject: number[] = []
      const floor: number[] = []
      for (const [index, query] of [...queries.slice(0, WARM_UP), ...queries].entries()) {
        const pair = await inTurn({ warmUp: 0, runs: 1 }, {
          subject: async () => {
            const begun = performance.now()
            const hits = await core.api.dossiers.search({ query, limit: LIMIT })
            const ms = performance.now() - begun
            if (hits.length === 0) throw new Error('a query found nothing: it would measure nothing')
            return ms
          },
          floor: () => timed(() => statement.all(matchesFor(query).at(-1) ?? '', LIMIT)),
        })
        if (index < WARM_UP) continue
        subject.push(...pair.subject)
        floor.push(...pair.floor)
        progress(subject.length)
      }
      return [
        { name: 'search (contract)', unit: 'ms', subject, floor: null, target: { of: 'p95', atMost: 30 } },
        { name: 'search (bare FTS5)', unit: 'ms', subject, floor, target: { of: 'p95-ratio', atMost: 2 } },
      ]
    } finally {
      bare.close()
      await core.close()
    }
  },
}
