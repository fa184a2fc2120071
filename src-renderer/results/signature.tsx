import { IconCircleCheck, IconSignature } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { DisplayState } from '@contract/display'
import { formatTime } from '@contract/format'
import type { ResultDesk } from '@contract/results'
import { Card, Note, Segmented } from '../parts'
import { ShowCard } from '../show/show-card'
import type { DisplayActs } from '../show/use-display'
import { type Form, isSignedBy, wishOf } from './form'

type Props = Readonly<{ form: Form; desk: ResultDesk; display: DisplayState; acts: DisplayActs; onForm: (form: Form) => void }>

/** How it is signed for: on the citizen's display, or in the register on paper. */
export function SignatureCard({ form, desk, display, acts, onForm }: Props): ReactNode {
  const { t } = useTranslation('results')
  const wish = wishOf(desk.hit.id, form)
  const signed = isSignedBy(form, desk.signed) ? desk.signed : null
  const unsigned = display.answer?.kind === 'right' && !display.answer.signed && signed === null
  return (
    <>
      <Card title={t('signature')} icon={IconSignature}>
        <div className="col" style={{ gap: 8 }} data-field="signature" tabIndex={-1}>
          <Segmented label={t('signature')} value={form.signed} onChange={(value) => onForm({ ...form, signed: value })} options={(['pad', 'paper'] as const).map((value) => ({ value, label: t(`signed.${value}`) }))} />
          {form.signed === 'paper' && <p className="m t2">{t('paperHelp')}</p>}
          {form.signed === 'pad' && signed !== null && <p className="m w6 c-ok row" role="status" style={{ gap: 6 }}><IconCircleCheck className="i xs" aria-hidden />{t('signedAt', { time: formatTime(new Date(signed.at)) })}</p>}
          {form.signed === 'pad' && signed === null && desk.signed !== null && <Note tint="warn">{t('signedOther')}</Note>}
          {form.signed === 'pad' && unsigned && <Note tint="warn">{t('wouldNotSign')}</Note>}
          {form.signed === 'pad' && wish === null && <p className="m t2">{t('nameFirst')}</p>}
        </div>
      </Card>
      {form.signed === 'pad' && wish !== null && <ShowCard display={display} acts={acts} wish={wish} />}
    </>
  )
}
