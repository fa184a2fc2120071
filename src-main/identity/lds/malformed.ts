import type { ChipFile } from '@contract/chip'
import { AppError } from '@contract/errors'
import { chipErrors } from '@contract/errors/chip'

/** The error of a file that cannot be read as what it should be. */
export const malformed = (file: ChipFile): AppError => new AppError(chipErrors.malformed, { file })

/** Runs a parser; what it finds malformed is told with the name of the file. @throws AppError THE-009 (`file`) */
export function inFile<T>(file: ChipFile, act: () => T): T {
  try {
    return act()
  } catch (error) {
    if (error instanceof AppError && error.code === chipErrors.malformed) throw malformed(file)
    throw error
  }
}
