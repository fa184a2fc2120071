import { IconBuildingBank, IconMapPinOff, IconStar } from '@tabler/icons-react'
import { type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { GuideHit } from '@contract/guide'
import { useShortcut } from '../app/shortcuts'
import { VerdictBadge } from '../intake/verdict'
import { Badge, KeyCaps } from '../parts'

type Props = Readonly<{ hits: readonly GuideHit[]; shown: GuideHit | undefined; onPick: (target: string) => void }>

/** What the words may mean, the likeliest first. A digit looks at one: alone outside fields, with Ctrl anywhere. */
export function Hits({ hits, shown, onPick }: Props): ReactNode {
  const { t } = useTranslation('guide')
  return (
    <div className="scroll grow" id="guide-hits" role="listbox" aria-label={t('hits')} tabIndex={-1}>
      {hits.map((hit, index) => <Hit key={hit.target} hit={hit} digit={String(index + 1)} selected={hit.target === shown?.target} onPick={() => onPick(hit.target)} />)}
    </div>
  )
}

function Hit({ hit, digit, selected, onPick }: Readonly<{ hit: GuideHit; digit: string; selected: boolean; onPick: () => void }>): ReactNode {
  const { t } = useTranslation('guide')
  const row = useRef<HTMLDivElement>(null)
  useShortcut(digit, hit.name, onPick)
  useShortcut(`Ctrl+${digit}`, hit.name, onPick)
  useEffect(() => {
    if (selected) row.current?.scrollIntoView({ block: 'nearest' })
  }, [selected])
  return (
    <div ref={row} id={`guide-${hit.target}`} role="option" aria-selected={selected} aria-keyshortcuts={`Control+${digit}`} className={`item ghit ${selected ? 'sel' : ''}`} onClick={onPick}>
      <KeyCaps keys={digit} />
      <div className="grow">
        <div className={selected ? 'w6' : 'w5'}>{hit.name}</div>
        <div className="row wrap m t2" style={{ gap: '2px 8px', marginTop: 3 }}>
          {hit.kind === 'procedure'
            ? <><span className="num">{hit.target}</span>{hit.time && <><span aria-hidden="true">·</span><span>{hit.time.text}</span></>}</>
            : <span><IconBuildingBank className="i xs" aria-hidden /> {hit.place.kind === 'elsewhere' ? hit.place.name : ''}</span>}
          <span className="end row">
            {hit.kind === 'procedure' && hit.essential && <IconStar className="i xs c-acc" role="img" aria-label={t('essential')} />}
            {hit.kind === 'procedure' ? <VerdictBadge verdict={hit.verdict} /> : <Badge tint="warn" icon={IconMapPinOff}>{t('otherOffice')}</Badge>}
          </span>
        </div>
      </div>
    </div>
  )
}
