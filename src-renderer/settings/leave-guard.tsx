import { useBlocker } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ConfirmDialog } from '../parts'

/** Asks before another screen is opened over something unsaved. */
export function LeaveGuard({ unsaved }: { unsaved: boolean }): ReactNode {
  const { t } = useTranslation('settings')
  const blocker = useBlocker({ shouldBlockFn: () => unsaved, withResolver: true, enableBeforeUnload: false })
  const blocked = blocker.status === 'blocked'
  return (
    <ConfirmDialog open={blocked} title={t('leaveTitle')} act={t('leaveAct')} safe={t('stay')} dangerous onAct={() => { if (blocked) blocker.proceed() }} onClose={() => { if (blocked) blocker.reset() }}>
      {t('leaveWords')}
    </ConfirmDialog>
  )
}
