import type { ReactNode } from 'react'

/** The light foot: what there is to know on the left, the page's few controls on the right. */
export function HallFoot({ icon, words, children }: { icon?: ReactNode; words: ReactNode; children?: ReactNode }): ReactNode {
  return (
    <footer className="hall-foot">
      {icon}
      <div className="words">{words}</div>
      <div className="acts">{children}</div>
    </footer>
  )
}
