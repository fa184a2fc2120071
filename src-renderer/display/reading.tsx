import { IconArrowDown } from '@tabler/icons-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

/** Pixels within which the end counts as reached. */
const NEAR_END = 12

/** What scrolls inside its card, and says so as long as there is more below. */
export function Reading({ className, children }: { className: string; children: ReactNode }): ReactNode {
  const { t } = useTranslation('display')
  const text = useRef<HTMLDivElement>(null)
  const [more, setMore] = useState(false)
  const look = (): void => {
    const at = text.current
    if (at) setMore(at.scrollHeight - at.scrollTop - at.clientHeight > NEAR_END)
  }
  useEffect(() => {
    const at = text.current
    if (!at) return undefined
    const watch = new ResizeObserver(look)
    watch.observe(at)
    for (const line of at.children) watch.observe(line)
    return () => watch.disconnect()
  }, [])
  const on = (): void => text.current?.scrollBy({ top: text.current.clientHeight * 0.8, behavior: 'smooth' })
  return (
    <div className="reading">
      <div ref={text} className={`scroll ${className}`} tabIndex={0} onScroll={look}>{children}</div>
      {more && <button type="button" className="read-on" onClick={on}><IconArrowDown className="i" aria-hidden />{t('more')}</button>}
    </div>
  )
}
