import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { ScanDevice } from '@contract/capture'
import type { ScanProfile } from '@contract/pages'
import { pagesQuery } from '../use-pages'
import { summaryOf } from './scan-summary'
import type { Scanning } from './use-scanning'

/** The name of a component, as it stands on the screen. */
export type NameOf = (component: string) => string

/** What a scan brought: pages, and where they went. Empty while nothing ended. */
export function useSummaryWords({ draftId, component, pageIds, documents, end, taken }: Pick<Scanning, 'draftId' | 'component' | 'pageIds' | 'documents' | 'end' | 'taken'>, nameOf: NameOf): string {
  const { t } = useTranslation('scanner')
  const { data } = useQuery({ ...pagesQuery(draftId), enabled: end !== null && taken > 0 })
  if (end === null) return ''
  const files = documents > 0 ? t('end.documents', { count: documents }) : ''
  if (taken === 0) return files || t(end === 'done' ? 'end.nothing' : 'end.stoppedNothing')
  const { here, elsewhere, separators, blank, failed } = summaryOf({ component, pageIds }, data ?? [])
  const name = nameOf(component ?? '')
  const led = elsewhere.map(({ component: other, pages }) => t('end.led', { count: pages, name: nameOf(other) })).join(', ')
  return [
    t(end === 'done' ? 'end.done' : 'end.stopped', { count: here, name }),
    separators > 0 ? t('end.separators', { count: separators }) + (led === '' ? '' : `: ${led}`) : led,
    blank > 0 ? t('end.blank', { count: blank }) : '',
    failed > 0 ? t('end.failed', { count: failed }) : '',
    files,
  ].filter((part) => part !== '').join(' · ')
}

/** "Máy quét X · khay nạp · 300 dpi · tự chọn màu · A4", without the device where none is known. */
export function useWayWords(): (device: ScanDevice | null, profile: ScanProfile) => string {
  const { t } = useTranslation('scanner')
  return (device, { source, dpi, colour, paper }) => {
    if (device === null) return t('noDevice')
    const colours = t(`colourShort.${colour}`)
    // What puts files into a folder has settings of its own.
    return [device.name, ...(device.kind === 'import' ? [colours] : [t(`sourceShort.${source}`), t('dpi', { dpi }), colours, t(`paperShort.${paper}`)])].join(' · ')
  }
}
