import { IconArrowsDiff } from '@tabler/icons-react'
import { type ReactNode, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useShortcut } from '../app/shortcuts'
import { KeyCaps, Segmented } from '../parts'
import { useDraft } from '../intake/use-draft'
import { standing, type Difference } from './compare'
import type { IntakeChip } from './use-intake-chip'

/** Where chip and draft disagree, both values side by side; the arrows choose. Shown until the person is another. */
export function Differences({ chip }: { chip: IntakeChip }): ReactNode {
  const { t } = useTranslation('chip')
  const { content } = useDraft()
  const box = useRef<HTMLElement>(null)
  const { differences, result } = chip
  const any = result !== null && differences.length > 0
  useShortcut('Alt+S', t('diff.go'), any ? () => box.current?.querySelector<HTMLElement>('[role="radio"][tabindex="0"]')?.focus() : undefined)
  if (!any) return null
  const wordOf = (difference: Difference, value: string): string => (difference.fact === 'sex' && (value === 'male' || value === 'female') ? t(`sex.${value}`, { ns: 'common' }) : value)
  return (
    <section className="diffs" aria-label={t('diff.title', { count: differences.length })} ref={box}>
      <div className="row"><IconArrowsDiff className="i c-warn" aria-hidden /><b className="grow">{t('diff.title', { count: differences.length })}</b><span className="s t2">{t('diff.help')}</span><KeyCaps keys="Alt+S" /></div>
      <ul>
        {differences.map((difference) => (
          <li key={difference.fact}>
            <span className="m w6">{t(`fact.${difference.fact}`)}</span>
            <div>
              <Segmented
                label={t(`fact.${difference.fact}`)} value={standing(content[result.who], difference)} onChange={(choice) => chip.settle(difference, choice)}
                options={[{ value: 'before', label: `${t(`from.${difference.source ?? 'typed'}`)}: ${wordOf(difference, difference.before)}` }, { value: 'chip', label: `${t('from.chip')}: ${wordOf(difference, difference.chip)}` }]}
              />
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}
