import { type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'

/** Nothing there: what was looked for, and what to do next. No picture. */
export function Empty({ title, children, actions }: { title: string; children?: ReactNode; actions?: ReactNode }): ReactNode {
  return (
    <div className="col" style={{ gap: 10, padding: '20px 16px', alignItems: 'flex-start' }}>
      <p className="l w6">{title}</p>
      {children !== undefined && <div className="t2" style={{ maxWidth: '62ch' }}>{children}</div>}
      {actions !== undefined && <div className="row wrap">{actions}</div>}
    </div>
  )
}

/** Says what is being waited for, and only once it has lasted long enough to notice. */
export function Loading({ what }: { what?: string }): ReactNode {
  const { t } = useTranslation('common')
  const [shown, setShown] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), 300)
    return () => clearTimeout(timer)
  }, [])
  return <p className="t2" role="status" style={{ padding: 16 }}>{shown ? (what ?? t('loading')) : ''}</p>
}

/** A bar that moves by what is done, with words: what and how much. */
export function Progress({ words, done, total }: { words: string; done: number; total: number }): ReactNode {
  const percent = total > 0 ? Math.min(100, (done / total) * 100) : 0
  return (
    <div role="progressbar" aria-valuemin={0} aria-valuemax={total} aria-valuenow={done} aria-label={words}>
      <p className="s t2 num">{words}</p>
      <div className="prog"><i style={{ width: `${String(percent)}%` }} /></div>
    </div>
  )
}
