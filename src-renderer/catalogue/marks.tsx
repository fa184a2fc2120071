import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ConfidenceMark } from '@contract/procedures'

/** How sure a fact is, as a letter with its meaning in words. */
export function Mark({ mark }: { mark: ConfidenceMark }): ReactNode {
  const { t } = useTranslation('catalogue')
  return <span className="src" title={t(`mark.${mark}`)}><span aria-hidden="true">{mark}</span><span className="sr">{t(`mark.${mark}`)}</span></span>
}

/** What the letters mean. */
export function MarkLegend({ note }: { note: string | undefined }): ReactNode {
  const { t } = useTranslation('catalogue')
  return (
    <div>
      <h3>{t('marks')}</h3>
      {note !== undefined && <p className="m t2">{note}</p>}
      <p className="s t2">{ConfidenceMark.options.map((mark) => <span key={mark} style={{ marginRight: 14, whiteSpace: 'nowrap' }}><span className="src">{mark}</span> {t(`mark.${mark}`)}</span>)}</p>
    </div>
  )
}
