import { IconArmchair, IconCircleCheck } from '@tabler/icons-react'
import { type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { HandedOver } from '@contract/assist'

/** The number under which the officer finds the draft; nothing personal is left on the screen. */
export function Handed({ handed, onNext }: { handed: HandedOver; onNext: () => void }): ReactNode {
  const { t } = useTranslation('helper')
  const title = useRef<HTMLHeadingElement>(null)
  useEffect(() => title.current?.focus(), [])
  return (
    <main className="helper">
      <div className="scroll handed">
        <h1 ref={title} tabIndex={-1}><IconCircleCheck className="i lg ok" aria-hidden />{t('handed.title')}</h1>
        <p className="t2">{t('handed.number')}</p>
        <p className="number num">{handed.number}</p>
        <p className="say"><IconArmchair className="i lg" aria-hidden />{t('handed.seat')}</p>
        <p className="t2">{t('handed.show', { number: handed.number })}</p>
      </div>
      <div className="acts-bar"><span className="grow" /><button type="button" className="act primary" onClick={onNext}>{t('handed.next')}</button></div>
    </main>
  )
}
