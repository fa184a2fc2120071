import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { PageId } from '@contract/ids'

/** Remembers across the end of the program which page is worked on: one that takes the program with it would do so at every start. */
export type Trial = Readonly<{
  /** How many times this page has been begun by now and not ended. */
  begin(id: PageId): number
  end(): void
}>

const Note = z.object({ page: PageId, times: z.number().int().min(1) })

/** @param folder private folder of the desk; made when it is not there */
export function createTrial(folder: string): Trial {
  const file = join(folder, 'working.json')
  const last = (): z.infer<typeof Note> | null => {
    try {
      return Note.parse(JSON.parse(readFileSync(file, 'utf8')))
    } catch {
      return null
    }
  }
  return {
    begin: (page) => {
      const before = last()
      const times = before?.page === page ? before.times + 1 : 1
      try {
        mkdirSync(folder, { recursive: true, mode: 0o700 })
        writeFileSync(file, JSON.stringify({ page, times }), { mode: 0o600 })
      } catch {
        // Without the note the page is worked on as ever.
      }
      return times
    },
    end: () => {
      try {
        rmSync(file, { force: true })
      } catch {
        // Another program has it open (Windows): the page is done all the same.
      }
    },
  }
}
