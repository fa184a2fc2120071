import type { ScanImage } from '@contract/capture'

/** What the file itself says. A PDF has no size of its own here: null. */
export type ImageFacts = Readonly<{ mediaType: ScanImage['mediaType']; width: number | null; height: number | null; dpi: number | null }>
