import { IconTool } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

/** Nothing to show yet, or not for long: empty, so that nothing flickers. */
export function NothingPage(): ReactNode {
  return <main className="message" />
}

/** Before the first picture, where it takes longer. */
export function StartingPage(): ReactNode {
  const { t } = useTranslation('hall')
  return <main className="message"><p role="status" className="says t2">{t('starting')}</p></main>
}

/** The counter has a trouble: the fixed sentence, and nothing of what stood there. */
export function TroublePage(): ReactNode {
  const { t } = useTranslation('display')
  return (
    <main className="message">
      <div role="alert">
        <IconTool className="i xl" aria-hidden />
        <h1>{t('trouble.title')}</h1>
        <p className="says">{t('trouble.text')}</p>
      </div>
    </main>
  )
}
