import { type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { IconType } from './button'

/** Nothing there: what was looked for, and what to do next. No picture. In a card of its own it stands in the middle. */
export function Empty({ title, icon: Icon, children, actions }: { title: string; icon?: IconType; children?: ReactNode; actions?: ReactNode }): ReactNode {
  return (
    <div className="empty">
      {Icon && <Icon className="i" aria-hidden />}
      <div className="col grow" style={{ gap: 8, alignItems: 'flex-start' }}>
        <p className="what">{title}</p>
        {children !== undefined && <div className="t2" style={{ maxWidth: '62ch' }}>{children}</div>}
        {actions !== undefined && <div className="row wrap" style={{ marginTop: 6 }}>{actions}</div>}
      </div>
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
  return (
    <div role="status" style={{ padding: 16 }}>
      {shown && (
        <div className="col" style={{ gap: 10, maxWidth: 480 }}>
          <p className="t2">{what ?? t('loading')}</p>
          {[100, 82, 91].map((width) => <div key={width} className="skel" style={{ width: `${String(width)}%` }} />)}
        </div>
      )}
    </div>
  )
}

/** A bar that moves by what is done, with words: what and how much. `bare`: the words stand elsewhere. */
export function Progress({ words, done, total, bare = false }: { words: string; done: number; total: number; bare?: boolean }): ReactNode {
  const percent = total > 0 ? Math.min(100, (done / total) * 100) : 0
  return (
    <div role="progressbar" aria-valuemin={0} aria-valuemax={total} aria-valuenow={done} aria-label={words}>
      {!bare && <p className="s t2 num">{words}</p>}
      <div className="prog"><i style={{ width: `${String(percent)}%` }} /></div>
    </div>
  )
}
