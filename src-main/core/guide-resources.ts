import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { GUIDE_FILES, GuideData } from '../guide'

/** The guide's data, which only those read who are asked for it. */
export const readGuideData = (folder: string): GuideData =>
  GuideData.parse(Object.fromEntries(GUIDE_FILES.map((name) => [name, JSON.parse(readFileSync(join(folder, 'guide', `${name}.json`), 'utf8'))])))
