import { IconLock } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useLockNear } from './idle'

/** Says 30 s ahead that the counter locks itself. Takes no focus: any key or movement is work again and takes it away. */
export function IdleNotice(): ReactNode {
  const { t } = useTranslation('frame')
  const near = useLockNear()
  return <div className="idle" role="status">{near && <p><IconLock className="i" aria-hidden />{t('locksSoon')}</p>}</div>
}
