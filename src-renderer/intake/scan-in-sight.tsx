import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ScanBar, ScanKeeper, useScanning } from '../papers/scan'
import { paperName } from './papers'
import { useDraft } from './use-draft'

function useScans() {
  const { t } = useTranslation('intake')
  const { store, procedure } = useDraft()
  const scanning = useScanning(store.id)
  const nameOf = (code: string): string => paperName(procedure, code) ?? t('papers.foreign')
  return { draftId: store.id, scanning, nameOf }
}

/** The scan at work, or what stopped it, on every step: the officer goes on with other things meanwhile. */
export function ScanInSight({ hidden }: { hidden: boolean }): ReactNode {
  const { draftId, scanning, nameOf } = useScans()
  const { component, end, problem } = scanning
  return (
    <>
      <ScanKeeper draftId={draftId} nameOf={nameOf} />
      {!hidden && component !== null && (end === null || problem !== null) && <ScanBar scanning={scanning} componentName={nameOf(component)} nameOf={nameOf} />}
    </>
  )
}

/** What a scan brought, beside the work: the list needs its height. */
export function ScanEnded(): ReactNode {
  const { scanning, nameOf } = useScans()
  const { component, end, problem } = scanning
  return component !== null && end !== null && problem === null ? <ScanBar scanning={scanning} componentName={nameOf(component)} nameOf={nameOf} /> : null
}
