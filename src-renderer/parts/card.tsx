import type { ReactNode } from 'react'
import type { IconType } from './button'

type Props = Readonly<{ title?: string; icon?: IconType; aside?: ReactNode; children: ReactNode; fill?: boolean; flush?: boolean; label?: string; className?: string }>

/** A flat surface with a line; `fill` takes the room left and scrolls inside, `flush` leaves the padding out (tables, lists). */
export function Card({ title, icon: Icon, aside, children, fill = false, flush = false, label, className = '' }: Props): ReactNode {
  return (
    <section className={`card ${fill ? 'fill' : ''} ${className}`} aria-label={title ?? label}>
      {(title !== undefined || aside !== undefined) && (
        <div className="hd">
          {Icon && <Icon className="i" aria-hidden />}
          {title !== undefined && <h2>{title}</h2>}
          {aside !== undefined && <div className="end row">{aside}</div>}
        </div>
      )}
      {flush ? <div className={fill ? 'scroll grow' : ''}>{children}</div> : <div className={`bd ${fill ? 'scroll grow' : ''}`}>{children}</div>}
    </section>
  )
}

/** Caption and fact, line by line. */
export function Facts({ rows, width = 112 }: { rows: readonly (readonly [string, ReactNode])[]; width?: number }): ReactNode {
  return (
    <dl className="kv" style={{ gridTemplateColumns: `${String(width)}px 1fr` }}>
      {rows.map(([caption, fact]) => <div key={caption} style={{ display: 'contents' }}><dt>{caption}</dt><dd>{fact}</dd></div>)}
    </dl>
  )
}

/** A framed remark; colour, icon and words say the same. */
export function Note({ tint = 'idle', icon: Icon, children, role }: { tint?: 'ok' | 'warn' | 'bad' | 'info' | 'idle'; icon?: IconType; children: ReactNode; role?: 'alert' | 'status' }): ReactNode {
  return <div className={`note ${tint}`} role={role}>{Icon && <Icon className="i" aria-hidden />}<div className="grow">{children}</div></div>
}
