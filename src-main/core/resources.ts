import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { EssentialService } from '@contract/guide'
import { Catalogue } from '@contract/procedures'
import { CounterSettings, WardSettings } from '@contract/settings'
import { Role } from '@contract/staff'
import { ThemeFile } from '../feedback'
import { CalendarFile } from '../intake'

/** The invented ward of practice mode. Everything in it may be shown to anybody. */
export const PracticeWard = z.object({
  ward: WardSettings,
  counter: CounterSettings,
  administrator: z.object({ loginName: z.string(), fullName: z.string(), title: z.string(), secret: z.string() }),
  accounts: z.array(z.object({ loginName: z.string(), fullName: z.string(), title: z.string(), role: Role, secret: z.string() })),
})
export type PracticeWard = z.infer<typeof PracticeWard>

/** The 25 essential services of Đề án 06, each with who deals with it. */
const EssentialFile = z.object({ format: z.literal('mot-cua/essential-1'), issuedAt: z.iso.date(), origin: z.string(), services: z.array(EssentialService).length(25) })

const read = <T>(file: string, schema: z.ZodType<T>): T => schema.parse(JSON.parse(readFileSync(file, 'utf8')))

export const readCalendarFile = (folder: string): CalendarFile => read(join(folder, 'holidays.json'), CalendarFile)
export const readThemes = (folder: string): ThemeFile => read(join(folder, 'feedback', 'themes.json'), ThemeFile)
export const readShippedCatalogue = (folder: string): Catalogue => read(join(folder, 'procedures', 'catalogue.json'), Catalogue)
export const readPracticeWard = (folder: string): PracticeWard => read(join(folder, 'practice', 'ward.json'), PracticeWard)
export const readEssential = (folder: string): EssentialService[] => read(join(folder, 'procedures', 'essential.json'), EssentialFile).services
