import { IconTag } from '@tabler/icons-react'
import type { ReactNode, Ref } from 'react'
import { useTranslation } from 'react-i18next'
import type { DossierView } from '@contract/dossier'
import { formatIdNumber } from '@contract/format'
import { Badge, Button, DossierBadge, DueMark, SyncBadge } from '../parts'
import { isRunning, useMinutesLeft } from './due'
import type { Printing } from './use-printing'
import type { Reveal } from './use-reveal'

type Props = Readonly<{ dossier: DossierView; reveal: Reveal; printing: Printing; titleRef: Ref<HTMLHeadingElement> }>

/** Code, state, errand and person in one look; show the numbers, print, save. */
export function Head({ dossier, reveal, printing, titleRef }: Props): ReactNode {
  const { t } = useTranslation('dossier')
  const { code, codeIsProvisional, state, submission, dueAt, procedureName, procedureCode, field, printed } = dossier
  const minutes = useMinutesLeft([dueAt])
  const { applicant } = reveal.view ?? dossier
  const shown = reveal.view !== null
  const waiting = printing.busy ? t('print.busy') : undefined
  return (
    <div className="row dossier-head">
      <div className="grow">
        <div className="row wrap" style={{ gap: '2px 10px' }}>
          <h1 className="num" ref={titleRef} tabIndex={-1}>{code}</h1>
          {codeIsProvisional && <Badge tint="warn" icon={IconTag} title={t('provisionalHelp')}>{t('provisional')}</Badge>}
          <DossierBadge state={state} />
          <SyncBadge state={submission} />
          {isRunning(state) && dueAt !== null && <DueMark minutesLeft={minutes.get(dueAt) ?? null} />}
        </div>
        <p className="t2 ell"><b style={{ color: 'var(--mc-text)' }}>{procedureName}</b> · {applicant.fullName}{applicant.idNumber !== undefined && <> · <span className="num">{formatIdNumber(applicant.idNumber)}</span></>} · {field} · {procedureCode}</p>
        {codeIsProvisional && <p className="s t2">{t('provisionalHelp')}</p>}
      </div>
      <Button keys="Ctrl+I" pressed={shown} onPress={shown ? reveal.hide : reveal.show}>{shown ? t('hideNumbers') : t('showNumbers')}</Button>
      <Button keys="Ctrl+S" waitsFor={waiting} onPress={printing.save}>{t('savePdf')}</Button>
      <Button keys="Ctrl+P" waitsFor={waiting} onPress={printing.print}>{printed === 0 ? t('print.act') : t('print.actAgain')}</Button>
    </div>
  )
}
