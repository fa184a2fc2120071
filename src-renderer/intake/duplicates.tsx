import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { DossierState } from '@contract/dossier'
import type { DuplicateHit } from '@contract/draft'
import { ConfirmDialog } from '../parts'
import { dayOf } from './money-cards'
import { useDraft } from './use-draft'

const isState = (state: number): state is DossierState => Number.isInteger(state) && state >= 1 && state <= 10

/** The open dossier beside the new one, fact by fact; the officer decides whether it is the same errand. */
export function DuplicateDialog({ duplicates, onReceive, onClose }: { duplicates: readonly DuplicateHit[]; onReceive: () => void; onClose: () => void }): ReactNode {
  const { t } = useTranslation('intake')
  const { content, procedure } = useDraft()
  return (
    <ConfirmDialog open={duplicates.length > 0} title={t('double.title', { count: duplicates.length })} act={t('double.act')} safe={t('double.safe')} onAct={onReceive} onClose={onClose}>
      <p style={{ marginBottom: 10 }}>{t('double.words')}</p>
      <table className="doubles" aria-label={t('double.title', { count: duplicates.length })} style={{ border: '1px solid var(--mc-line)' }}>
        <thead><tr><th />{duplicates.map(({ code }) => <th key={code} scope="col">{t('double.there')}</th>)}<th scope="col">{t('double.here')}</th></tr></thead>
        <tbody>
          <tr><td className="t2">{t('double.code')}</td>{duplicates.map((double) => <td key={double.dossierId} className="code">{double.code}</td>)}<td>–</td></tr>
          <tr><td className="t2">{t('step.procedure')}</td>{duplicates.map((double) => <td key={double.dossierId}>{double.procedureName}</td>)}<td>{procedure?.name}</td></tr>
          <tr><td className="t2">{t('step.person')}</td>{duplicates.map((double) => <td key={double.dossierId}>{content.applicant.fullName}</td>)}<td>{content.applicant.fullName}</td></tr>
          <tr><td className="t2">{t('double.received')}</td>{duplicates.map((double) => <td key={double.dossierId} className="num">{dayOf(double.receivedAt)}</td>)}<td>{t('today', { ns: 'common' })}</td></tr>
          <tr><td className="t2">{t('double.state')}</td>{duplicates.map(({ dossierId, state }) => <td key={dossierId}>{isState(state) ? t(`state.${state}`, { ns: 'common' }) : ''}</td>)}<td>{t('state.draft', { ns: 'common' })}</td></tr>
        </tbody>
      </table>
    </ConfirmDialog>
  )
}
