import { nativeTheme } from 'electron'
import type { PageWish } from './page-talk'
import type { PreferenceFile } from './preferences'

export interface WishParts {
  readonly preferences: PreferenceFile
  readonly onTogglePractice: () => void
  /** The page asks for another zoom; 1 is 100 per cent. */
  readonly onZoom: (factor: number) => void
  readonly onCovered: (covered: boolean) => void
}

/** What the officer's page may wish for. */
export function createCounterWishes({ preferences, onTogglePractice, onZoom, onCovered }: WishParts): (wish: PageWish) => void {
  const prefer = ({ theme, language, zoom, camera }: Extract<PageWish, { kind: 'prefer' }>): void => {
    if (theme !== undefined) nativeTheme.themeSource = theme
    if (zoom !== undefined) onZoom(zoom / 100)
    preferences.change({
      ...(theme !== undefined && { theme }), ...(language !== undefined && { language }), ...(zoom !== undefined && { zoom: zoom / 100 }), ...(camera !== undefined && { camera }),
    })
  }
  return (wish) => {
    if (wish.kind === 'prefer') prefer(wish)
    else if (wish.kind === 'covered') onCovered(wish.covered)
    else onTogglePractice()
  }
}
