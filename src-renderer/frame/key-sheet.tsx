import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useActiveShortcuts } from '../app/shortcuts'
import { FormDialog, KeyCaps } from '../parts'

/** Every key that acts on this screen, read from what is bound at the moment. */
export function KeySheet({ open, onClose }: { open: boolean; onClose: () => void }): ReactNode {
  const { t } = useTranslation('frame')
  const bound = useActiveShortcuts()
  const shown = [...new Map(bound.map((entry) => [entry.keys, entry])).values()].filter((entry) => entry.label !== '')
  return (
    <FormDialog open={open} title={t('keySheet')} onClose={onClose}>
      <dl className="kv" style={{ gridTemplateColumns: '120px 1fr 120px 1fr', gap: '8px 12px' }}>
        {shown.map(({ keys, label }) => <div key={keys} style={{ display: 'contents' }}><dt><KeyCaps keys={keys} /></dt><dd className="m">{label}</dd></div>)}
      </dl>
    </FormDialog>
  )
}
