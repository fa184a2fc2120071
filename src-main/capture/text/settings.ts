import type { Purpose } from './types'

/** The language of the pages. */
export const LANGUAGE = 'vie'
/** The model that reads the letters of an MRZ better, where the machine has it. */
export const MRZ_LANGUAGE = 'eng'
export const MRZ_LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<'

/**
 * Tesseract's page mode: 4 is one column of lines of any size. With 6 (one block) tables and lines at the right margin cost
 * 10 % of the characters (`devices.md` D.1); an MRZ is one block.
 */
export const pageMode = (purpose: Purpose): '4' | '6' => (purpose === 'page' ? '4' : '6')

/** Variables of Tesseract that differ from its own. */
export function variables(purpose: Purpose, dpi: number): Readonly<Record<string, string>> {
  return {
    tessedit_pageseg_mode: pageMode(purpose),
    user_defined_dpi: String(Math.round(Math.min(Math.max(dpi, 70), 2_400))),
    tessedit_char_whitelist: purpose === 'mrz' ? MRZ_LETTERS : '',
  }
}
