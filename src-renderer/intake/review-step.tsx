import { IconListCheck } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { formatMoney } from '@contract/format'
import { Button, Card, TextField } from '../parts'
import { papersSettled, paperState } from './content'
import { momentOf } from './money-cards'
import type { Step } from './steps'
import { useDraft } from './use-draft'

/** Everything that will be received, once more in one place; each line leads back to its step. */
export function ReviewStep({ onGo }: { onGo: (step: Step) => void }): ReactNode {
  const { t } = useTranslation('intake')
  const { content, procedure, taken, state: { view }, edit } = useDraft()
  const { applicant, delivery } = content
  const settled = papersSettled(procedure, content, taken)
  const marked = procedure?.components.map((component) => [component.name, paperState(component, content, taken)] as const).filter(([, state]) => state !== 'optional') ?? []
  const lines: readonly (readonly [Step, ReactNode])[] = [
    ['person', <><b>{applicant.fullName || t('aside.nobody')}</b> · <span className="num">{applicant.idNumber || t('aside.noNumber')}</span> · {t(`capacity.${content.capacity}`)}</>],
    ['procedure', procedure ? <><b>{procedure.name}</b> <span className="num t2">{procedure.code}</span></> : t('procedure.noneYet')],
    ['papers', <>{t('review.papers', { settled: settled.settled, required: settled.required, count: view.documents.length })}<ul className="s t2">{marked.map(([name, state]) => <li key={name}>{name}: {t(`paperState.${state}`)}</li>)}</ul></>],
    ['fee', view.fee ? <><b className="num">{view.fee.total === 0 ? t('fee.free') : formatMoney(view.fee.total)}</b>{view.fee.total > 0 && ` · ${t(`payment.${content.fee.payment}`)}`}</> : '–'],
    ['appointment', <><b className="num">{view.appointment ? momentOf(view.appointment.dueAt) : t('appointment.none')}</b> · {t(`delivery.${delivery.method}`)}{delivery.method === 'post' && `: ${delivery.address}`}</>],
  ]
  return (
    <Card title={t('review.title')} icon={IconListCheck} fill>
      <div className="col" style={{ gap: 12 }}>
        <table aria-label={t('review.title')} style={{ border: '1px solid var(--mc-line)' }}>
          <tbody>
            {lines.map(([step, words]) => (
              <tr key={step}><td style={{ width: 120 }} className="t2">{t(`step.${step}`)}</td><td style={{ paddingBlock: 6 }}>{words}</td><td className="r" style={{ width: 90 }}><Button small kind="ghost" onPress={() => onGo(step)} label={t('review.changeStep', { step: t(`step.${step}`) })}>{t('review.change')}</Button></td></tr>
            ))}
          </tbody>
        </table>
        <TextField label={t('review.note')} name="note" lines={2} value={content.note} maxLength={2000} onChange={(note) => edit((now) => ({ ...now, note }))} />
      </div>
    </Card>
  )
}
