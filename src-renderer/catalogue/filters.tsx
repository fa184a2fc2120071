import { IconBuildingCommunity, IconStar, IconWorldCheck } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { FilterCounts, ProcedureFilters } from '@contract/calls-office'
import type { IconType } from '../parts'
import { toggled } from './toggled'

type Props = Readonly<{ filters: ProcedureFilters; counts: FilterCounts | undefined; onChange: (filters: ProcedureFilters) => void }>

/** Field, essential services and place-independence; each tells how many it would leave. */
export function Filters({ filters, counts, onChange }: Props): ReactNode {
  const { t } = useTranslation('catalogue')
  const fields = counts?.fields ?? []
  return (
    <>
      <select className="inp" aria-label={t('field')} value={filters.field ?? ''} onChange={(event) => onChange(toggled(filters, 'field', event.target.value === '' ? undefined : event.target.value))}>
        <option value="">{t('allFields')}</option>
        {fields.map(({ field, count }) => <option key={field} value={field}>{`${field} (${String(count)})`}</option>)}
        {filters.field !== undefined && fields.every(({ field }) => field !== filters.field) && <option value={filters.field}>{`${filters.field} (0)`}</option>}
      </select>
      <div className="row wrap narrow" role="group" aria-label={t('narrow')}>
        <Chip name="essential" icon={IconStar} on={filters.essential === true} count={counts?.essential} onPress={() => onChange(toggled(filters, 'essential', true))} />
      </div>
      <div className="row wrap narrow" role="group" aria-label={t('placeFree')}>
        <span className="s t2">{t('placeFree')}:</span>
        <Chip name="reception" icon={IconBuildingCommunity} on={filters.placeIndependence === 'reception'} count={counts?.reception} onPress={() => onChange(toggled(filters, 'placeIndependence', 'reception'))} />
        <Chip name="decision" icon={IconWorldCheck} on={filters.placeIndependence === 'decision'} count={counts?.decision} onPress={() => onChange(toggled(filters, 'placeIndependence', 'decision'))} />
      </div>
    </>
  )
}

type ChipProps = Readonly<{ name: 'essential' | 'reception' | 'decision'; icon: IconType; on: boolean; count: number | undefined; onPress: () => void }>

function Chip({ name, icon: Icon, on, count, onPress }: ChipProps): ReactNode {
  const { t } = useTranslation('catalogue')
  return (
    <button type="button" className="nchip" aria-pressed={on} title={t(`filterWhat.${name}`)} onClick={onPress}>
      <Icon className="i xs" aria-hidden />{t(`filter.${name}`)} {count !== undefined && <span className="num t2">{count}</span>}
    </button>
  )
}
