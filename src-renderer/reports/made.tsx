import { IconSearch } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useDeferredValue, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatDate, formatDateTime } from '@contract/format'
import { sealOf } from '@contract/report-words'
import type { ReportMade } from '@contract/reports'
import { api } from '../app/api'
import { keys } from '../app/queries'
import { Button, Empty, FailureNote, FormDialog, Loading, TextField } from '../parts'

/** Hex digits of a seal, of a full digest or of the code on the paper; null while there are too few to name a print. */
export function digestIn(typed: string): string | null {
  const bare = typed.trim().replace(/^MOTCUA:BC:1:/iu, '').replaceAll(/[\s-]/gu, '').toLowerCase()
  return /^[0-9a-f]{16,64}$/u.test(bare) ? bare : null
}

/** What left the screen as paper or file, and whether a print in the hand is one of them. `scanned`: the digest of that print. */
export function MadeDialog({ scanned, onClose, onShow }: { scanned: string | null; onClose: () => void; onShow: (made: ReportMade) => void }): ReactNode {
  const { t } = useTranslation('reports')
  const [typed, setTyped] = useState(scanned === null ? '' : sealOf(scanned))
  const digest = useDeferredValue(scanned !== null && typed === sealOf(scanned) ? scanned : digestIn(typed))
  const { data, error } = useQuery({ queryKey: [...keys.reportsMade, digest], queryFn: () => api.reports.made({ digest, limit: 50 }) })
  const unreadable = typed.trim() !== '' && digestIn(typed) === null
  return (
    <FormDialog open title={t('made.title')} wide onClose={onClose}>
      <div className="col reports-made" style={{ gap: 12 }}>
        <TextField label={t('made.seal')} hint={t('made.sealHint')} value={typed} onChange={setTyped} name="seal" maxLength={80} autoFocus {...(unreadable && typed.trim().length >= 19 && { fault: t('made.sealFault') })} />
        <FailureNote error={error} />
        {data === undefined ? error === null && <Loading /> : data.length === 0 ? <Nothing sought={digest !== null} /> : <List rows={data} onShow={onShow} />}
        <div className="row" style={{ justifyContent: 'flex-end' }}><Button onPress={onClose} caps="Escape">{t('made.close')}</Button></div>
      </div>
    </FormDialog>
  )
}

function Nothing({ sought }: { sought: boolean }): ReactNode {
  const { t } = useTranslation('reports')
  return sought ? <Empty icon={IconSearch} title={t('made.unknown')}>{t('made.unknownWhy')}</Empty> : <Empty title={t('made.none')}>{t('made.noneWhy')}</Empty>
}

function List({ rows, onShow }: { rows: readonly ReportMade[]; onShow: (made: ReportMade) => void }): ReactNode {
  const { t } = useTranslation('reports')
  return (
    <div className="scroll" tabIndex={0} role="region" aria-label={t('made.title')}>
      <table>
        <thead><tr>{(['report', 'period', 'at', 'way', 'by', 'sealColumn'] as const).map((key) => <th key={key} scope="col">{t(`made.${key}`)}</th>)}</tr></thead>
        <tbody>
          {rows.map((made) => (
            <tr key={`${made.digest}${made.at}${made.way}`}>
              <td><button type="button" className="lnk" onClick={() => onShow(made)}>{t(`kind.${made.kind}`)}</button></td>
              <td className="num">{made.from === made.to ? formatDate(made.from) : `${formatDate(made.from)} – ${formatDate(made.to)}`}</td>
              <td className="num">{formatDateTime(new Date(made.at))}</td><td>{t(`way.${made.way}`)}</td><td>{made.by}</td><td className="mono">{sealOf(made.digest)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
