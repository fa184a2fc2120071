import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { DocumentInfo } from '@contract/draft'
import { api } from '../app/api'
import { type DocumentSource, Thumbnail } from '../parts'

/** Where the bytes of a document come from. */
export const sourceOf = (document: DocumentInfo): DocumentSource => ({ id: document.id, load: () => api.documents.read({ documentId: document.id }), mediaType: document.mediaType })

type Props = Readonly<{ document: DocumentInfo; number: number; current: boolean; onPick: () => void }>

/** A document as its first page, small, with its place in the order, or how many pages it has. */
export function Thumb({ document, number, current, onPick }: Props): ReactNode {
  const { t } = useTranslation('intake')
  const pages = document.pages ?? 1
  return (
    <Thumbnail
      {...sourceOf(document)} rotation={document.rotation} current={current} onPress={onPick} corner={pages > 1 ? t('papers.pages', { count: pages }) : String(number)}
      label={t('papers.document', { number, name: document.name, count: pages })}
    />
  )
}
