import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { Catalogue } from '@contract/procedures'
import { CounterSettings, WardSettings } from '@contract/settings'
import { Role } from '@contract/staff'
import { CalendarFile } from '../intake'

/** The invented ward of practice mode. Everything in it may be shown to anybody. */
export const PracticeWard = z.object({
  ward: WardSettings,
  counter: CounterSettings,
  administrator: z.object({ loginName: z.string(), fullName: z.string(), title: z.string(), secret: z.string() }),
  accounts: z.array(z.object({ loginName: z.string(), fullName: z.string(), title: z.string(), role: Role, secret: z.string() })),
})
export type PracticeWard = z.infer<typeof PracticeWard>

const read = <T>(file: string, schema: z.ZodType<T>): T => schema.parse(JSON.parse(readFileSync(file, 'utf8')))

export const readCalendarFile = (folder: string): CalendarFile => read(join(folder, 'holidays.json'), CalendarFile)
export const readShippedCatalogue = (folder: string): Catalogue => read(join(folder, 'procedures', 'catalogue.json'), Catalogue)
export const readPracticeWard = (folder: string): PracticeWard => read(join(folder, 'practice', 'ward.json'), PracticeWard)
