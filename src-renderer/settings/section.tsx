import { createContext, type ReactNode, useContext, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { IconType } from '../parts'
import { Button, Card, FailureNote, FaultSummary } from '../parts'
import type { Faults } from './faults'

/** Tells the screen that something typed is not saved yet, so that it asks before it is left. */
export const UnsavedContext = createContext<(unsaved: boolean) => void>(() => undefined)

export function useUnsaved(unsaved: boolean): void {
  const tell = useContext(UnsavedContext)
  useEffect(() => {
    tell(unsaved)
    return () => tell(false)
  }, [tell, unsaved])
}

type Props = Readonly<{
  title: string
  icon: IconType
  children: ReactNode
  /** Left out where everything acts at once. */
  form?: SectionForm | undefined
  /** Begins the field's name in the fault summary. */
  prefix?: string
  aside?: ReactNode
}>

export type SectionForm = Readonly<{ dirty: boolean; busy: boolean; saved: boolean; error: unknown; faults: Faults; save: () => void; undo: () => void }>

/** One section: its fields, and the bar with what is unsaved and the primary action. */
export function Section({ title, icon, children, form, prefix = '', aside }: Props): ReactNode {
  const { t } = useTranslation('settings')
  const faults = Object.entries(form?.faults ?? {}).map(([field, words]) => ({ field: prefix + field, words }))
  return (
    <section className="section" id="settings-section" role="tabpanel" aria-label={title}>
      <Card title={title} icon={icon} aside={aside}>
        {faults.length > 0 && <FaultSummary faults={faults} title={t('faults')} />}
        {form && <FailureNote error={form.error} />}
        {children}
      </Card>
      {form && (
        <div className="bar">
          <span className="t2 m" role="status">{form.dirty ? t('unsaved') : form.saved ? t('saved', { ns: 'common' }) : t('nothingToSave')}</span>
          <span className="end row">
            {form.dirty && <Button onPress={form.undo}>{t('undoChanges')}</Button>}
            <Button kind="primary" onPress={form.save} keys="Ctrl+Enter" waitsFor={form.busy ? t('saving') : undefined}>{t('save', { ns: 'common' })}</Button>
          </span>
        </div>
      )}
    </section>
  )
}
