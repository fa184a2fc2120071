import { IconAlertTriangle, IconCheck, IconCopy, IconProgress, IconRefreshAlert } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { DraftId, PageId } from '@contract/ids'
import type { PageView } from '@contract/pages'
import { keptOf, worstOf } from '../papers/pages'
import { useAddress, useThumbnail } from '../papers/picture'
import { usePages } from '../papers/use-pages'
import { Badge, Button, ProblemNote } from '../parts'
import type { Shot, Shots } from './shots'

/** Pages of a component that count, in their order. */
export function useComponentPages(draftId: DraftId, component: string): readonly PageView[] {
  return keptOf(usePages(draftId).pages, component)
}

/** How a page stands, as icon and word. */
export function PageBadge({ page, number }: { page: PageView; number: (id: PageId) => number }): ReactNode {
  const { t } = useTranslation('camera')
  const worst = worstOf(page)
  if (page.state === 'failed') return <Badge tint="bad" icon={IconRefreshAlert}>{t('page.failed')}</Badge>
  if (page.state === 'waiting') return <Badge tint="info" icon={IconProgress}>{t('page.waiting')}</Badge>
  if (worst !== null) return <Badge tint="warn" icon={IconAlertTriangle}>{t(`finding.${worst}`)}</Badge>
  if (page.twinOf !== null) return <Badge tint="warn" icon={IconCopy}>{number(page.twinOf) > 0 ? t('page.twin', { number: number(page.twinOf) }) : t('page.twinElsewhere')}</Badge>
  return <Badge tint="ok" icon={IconCheck}>{t('page.ready')}</Badge>
}

/** What is to be done about an earlier page, in one word. */
function Mark({ page }: { page: PageView }): ReactNode {
  const { t } = useTranslation('camera')
  const worst = worstOf(page)
  const word = page.state === 'failed' ? t('mark.failed') : worst !== null ? t(`mark.${worst}`) : page.twinOf !== null ? t('mark.twin') : null
  return word === null ? null : <span className={`mark ${page.state === 'failed' ? 'c-bad' : 'c-warn'}`}><IconAlertTriangle className="i xs" aria-hidden />{word}</span>
}

function Picture({ page, large = false }: { page: PageView; large?: boolean }): ReactNode {
  const address = useThumbnail(page)
  return <span className={large ? 'cam-sheet large' : 'cam-sheet'}>{address !== undefined && <img src={address} alt="" style={{ transform: `rotate(${String(page.turns * 90)}deg)` }} />}</span>
}

function Coming({ shot, shots }: { shot: Shot; shots: Shots }): ReactNode {
  const { t } = useTranslation('camera')
  const address = useAddress(shot.jpeg)
  if (shot.problem) {
    return (
      <ProblemNote problem={shot.problem} focus={false}>
        <Button small onPress={() => shots.again(shot.key)}>{t('again')}</Button>
        <Button small onPress={() => shots.drop(shot.key)}>{t('drop')}</Button>
      </ProblemNote>
    )
  }
  return <div className="cam-last"><span className="cam-sheet large">{address !== undefined && <img src={address} alt="" />}</span><Badge tint="info" icon={IconProgress}>{t('page.saving')}</Badge></div>
}

type Props = Readonly<{ pages: readonly PageView[]; coming: readonly Shot[]; shots: Shots; retaking: PageId | null; onRetake: (() => void) | undefined; /** What comes before the pages. */ children?: ReactNode }>

/** What was taken: the last page large enough to judge, those before it in small. */
export function TakenPages({ pages, coming, shots, retaking, onRetake, children }: Props): ReactNode {
  const { t } = useTranslation('camera')
  const last = pages.at(-1)
  const before = pages.slice(0, -1).reverse()
  const number = (id: PageId): number => pages.findIndex((page) => page.id === id) + 1
  const refused = coming.filter(({ problem }) => problem !== null)
  const sending = coming.find(({ problem }) => problem === null)
  return (
    <aside className="cam-pages card" aria-label={t('taken')}>
      <div className="hd"><h2>{t('taken')}</h2><span className="t2 end num" data-testid="taken-count">{t('count', { count: pages.length })}</span></div>
      <div className="cam-list scroll">
        {children}
        {refused.map((shot) => <Coming key={shot.key} shot={shot} shots={shots} />)}
        {sending && <Coming key={sending.key} shot={sending} shots={shots} />}
        {!sending && last && (
          <div className="cam-last">
            <Picture key={last.id} page={last} large />
            <div className="row wrap" style={{ gap: 6 }}><b>{t('pageNumber', { number: pages.length })}</b><PageBadge page={last} number={number} /></div>
            {worstOf(last) !== null && last.state === 'ready' && <p className="s t2">{t(`why.${worstOf(last) ?? 'blurred'}`)}</p>}
            {onRetake && <Button small keys="R" pressed={retaking === last.id} onPress={onRetake}>{retaking === last.id ? t('retakeOff') : t('retake')}</Button>}
          </div>
        )}
        {!sending && !last && refused.length === 0 && <p className="m t2">{t('noneYet')}</p>}
        {before.length > 0 && (
          <ol className="cam-strip" aria-label={t('earlier')}>
            {before.map((page) => (
              <li key={page.id}>
                <Picture page={page} />
                <span className="n num" aria-hidden="true">{number(page.id)}</span>
                <span className="sr">{t('pageNumber', { number: number(page.id) })}</span>
                <Mark page={page} />
              </li>
            ))}
          </ol>
        )}
      </div>
    </aside>
  )
}
