import { IconCircleCheck, IconMailForward } from '@tabler/icons-react'
import { type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { formatFullMoment } from '@contract/format'
import type { ResultDesk } from '@contract/results'
import { currentLanguage } from '../app/i18n'
import { Button, Card, Facts } from '../parts'
import { RatingCard } from '../show/rating-card'
import { Head } from './desk'

/** Handed over: who took it, and the next person. */
export function ReturnedView({ desk, onNext }: { desk: ResultDesk; onNext: () => void }): ReactNode {
  const { t } = useTranslation('results')
  const { t: errors } = useTranslation('errors')
  const { returned, hit, bars } = desk
  const box = useRef<HTMLDivElement>(null)
  // The button that was pressed is gone.
  useEffect(() => {
    if (document.activeElement === document.body) box.current?.focus()
  }, [])
  const bar = bars.find(({ code }) => code === 'KQ-004')
  return (
    <div className="main" ref={box} tabIndex={-1} aria-label={t('done.title')} role="group">
      <Head desk={desk} />
      <div className="columns">
        <Card title={t('done.title')} icon={IconCircleCheck} fill>
          {returned === null ? <p>{errors('KQ-004.what', bar?.params ?? {})} {t('done.elsewhere')}</p> : (
            <Facts width={150} rows={[
              [t('done.by'), <span key="by"><b className="whole">{returned.collectorName}</b>{returned.maskedId !== null && <> <span className="t2 num">· {returned.maskedId}</span></>}</span>],
              [t('done.how'), t(`how.${returned.how}`)],
              ...(returned.authority === null ? [] : [[t('field.authority'), returned.authority] as const]),
              ...(returned.tracking === null ? [] : [[t('field.tracking'), returned.tracking] as const]),
              ...(returned.how === 'post' ? [] : [[t('field.checked'), t(`checked.${returned.checked}`)] as const, [t('signature'), t(`signed.${returned.signed}`)] as const]),
              [t('done.at'), `${formatFullMoment(new Date(returned.at), currentLanguage())} · ${returned.officerName}`],
              ...(returned.note === '' ? [] : [[t('note'), returned.note] as const]),
            ]} />
          )}
        </Card>
        {returned?.how !== 'post' && <div className="col scroll"><RatingCard dossier={{ id: hit.id, procedureName: hit.procedureName }} /></div>}
      </div>
      <div className="bar">
        <span className="m t2 grow">{t('done.bar')}</span>
        <Button kind="primary" icon={IconMailForward} keys="Ctrl+Enter" onPress={onNext}>{t('done.next')}</Button>
      </div>
    </div>
  )
}
