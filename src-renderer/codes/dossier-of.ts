import type { SearchHit } from '@contract/dossier'

/**
 * The dossier that a code means: the one with this code, else the only one that was found by it (its code on paper was provisional).
 * A dossier that has the code on one of its papers is another: somebody has brought the receipt of the one that is meant.
 */
export function dossierOf(hits: readonly SearchHit[], code: string): SearchHit | null {
  const plain = (text: string): string => text.toUpperCase().replace(/^TH-/u, '')
  const exact = hits.find((hit) => plain(hit.code) === plain(code))
  const [only, ...more] = hits.filter(({ onPaper }) => !onPaper)
  return exact ?? (only !== undefined && more.length === 0 ? only : null)
}
