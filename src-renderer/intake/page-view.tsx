import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { DocumentInfo } from '@contract/draft'
import { pagePicture, thumbnail } from './picture'

type ThumbProps = Readonly<{ document: DocumentInfo; number: number; current: boolean; onPick: () => void; onOpen: () => void }>

/** A document as its first page, small, with its place in the order. */
export function Thumb({ document, number, current, onPick, onOpen }: ThumbProps): ReactNode {
  const { t } = useTranslation('intake')
  const { data, isError } = useQuery({ queryKey: ['thumb', document.sha256], queryFn: () => thumbnail(document), staleTime: Infinity, retry: false })
  return (
    <button
      type="button" className={`pg ${current ? 'cur' : ''}`} aria-pressed={current} onClick={onPick} onDoubleClick={onOpen}
      aria-label={t('papers.document', { number, name: document.name, count: document.pages ?? 1 })} title={document.name} data-document={document.id}
    >
      {data && <img src={data.url} alt="" style={{ transform: `rotate(${String(document.rotation)}deg)` }} draggable={false} />}
      {isError && <span className="s t2">{t('papers.noPicture')}</span>}
      <span className="n">{document.pages !== null && document.pages > 1 ? t('papers.pages', { count: document.pages }) : number}</span>
    </button>
  )
}

type PageProps = Readonly<{ document: DocumentInfo; page: number; width: number; rotation: number }>

/** One page large enough to read. */
export function Page({ document, page, width, rotation }: PageProps): ReactNode {
  const { t } = useTranslation('intake')
  const { data, isError } = useQuery({ queryKey: ['page', document.sha256, page, width], queryFn: () => pagePicture(document, page, width), staleTime: Infinity, gcTime: 60_000, retry: false })
  if (isError) return <p role="status">{t('papers.noPictureLong')}</p>
  if (!data) return <p className="t2" role="status">{t('papers.drawing')}</p>
  return <img src={data.url} alt={t('papers.page', { page, name: document.name })} className="sheet" style={{ width, transform: `rotate(${String(rotation)}deg)` }} />
}
