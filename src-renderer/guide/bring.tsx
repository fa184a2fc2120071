import { IconCheck, IconCircle, IconMinus } from '@tabler/icons-react'
import type { TFunction } from 'i18next'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { toCivil } from '@contract/civil-time'
import { formatShortDate } from '@contract/format'
import { bareCondition, type GuidePaper, type Having } from '@contract/guide'
import type { ConfidenceMark } from '@contract/procedures'
import { Mark } from '../catalogue/marks'

type Props = Readonly<{ papers: readonly GuidePaper[]; having: Readonly<Record<string, Having>>; mark: ConfidenceMark }>

/** What the citizen brings. What the ward has already stands there as had, with where it lies. */
export function Bring({ papers, having, mark }: Props): ReactNode {
  const { t } = useTranslation('guide')
  const had = papers.filter(({ code }) => having[code] !== undefined).length
  return (
    <div>
      <h3 style={{ marginBottom: 4 }}>{t('bring')} <Mark mark={mark} />{had > 0 && <span className="c-ok"> · {t('had', { count: had })}</span>}</h3>
      <ul className="bring">{papers.map((paper) => <Paper key={paper.code} paper={paper} having={having[paper.code]} />)}</ul>
    </div>
  )
}

function Paper({ paper, having }: Readonly<{ paper: GuidePaper; having: Having | undefined }>): ReactNode {
  const { t } = useTranslation('guide')
  const kind = t(`componentKind.${paper.kind}`, { ns: 'catalogue' })
  const Icon = having ? IconCheck : paper.condition === null ? IconCircle : IconMinus
  return (
    <li className={having || paper.condition !== null ? 't2' : ''}>
      <Icon className={`i xs ${having ? 'c-ok' : ''}`} aria-hidden />
      <div>
        <span className={paper.condition === null && !having ? 'w5' : ''}>{paper.name}</span>
        <span className="s t2"> · {paper.kind === 'shown' && paper.quantity === 1 ? kind : t('kind', { count: paper.quantity, kind })}</span>
        {paper.condition !== null && <p className="s t2">{t('onlyWhen', { condition: bareCondition(paper.condition) })}</p>}
        {paper.note !== null && <p className="s t2">{paper.note}</p>}
        {having && <p className="s c-ok w6">{words(having, t)}</p>}
      </div>
    </li>
  )
}

function words(having: Having, t: TFunction<'guide'>): string {
  if (having.source === 'card') return t('have.card')
  return t(`have.${having.source}`, { code: having.dossier, day: formatShortDate(toCivil(new Date(having.receivedAt)).date, { year: true }) })
}
