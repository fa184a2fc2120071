import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ScanBar, ScanKeeper, useScanning } from '../papers/scan'
import { useDraft } from './use-draft'

/** The scan at work and what became of it, on every step: the officer goes on with other things meanwhile. */
export function ScanInSight({ hidden }: { hidden: boolean }): ReactNode {
  const { t } = useTranslation('intake')
  const { store, procedure } = useDraft()
  const scanning = useScanning(store.id)
  const nameOf = (code: string): string => procedure?.components.find((component) => component.code === code)?.name ?? t('papers.foreign')
  return (
    <>
      <ScanKeeper draftId={store.id} nameOf={nameOf} />
      {!hidden && scanning.component !== null && <ScanBar scanning={scanning} componentName={nameOf(scanning.component)} nameOf={nameOf} />}
    </>
  )
}
