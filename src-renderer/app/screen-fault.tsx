import { IconRefresh } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, FailureNote } from '../parts'

/** A screen that cannot be drawn says so in our words; the frame around it and everything saved stay. */
export function ScreenFault({ error, reset }: { error: unknown; reset: () => void }): ReactNode {
  const { t } = useTranslation('frame')
  return <main className="work"><div className="main"><h1 className="sr">{t('screenFault')}</h1><FailureNote error={error}><Button icon={IconRefresh} onPress={reset}>{t('screenAgain')}</Button></FailureNote></div></main>
}
