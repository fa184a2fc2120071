import { IconMessages, IconMoodSmile } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { addDays, toCivil } from '@contract/civil-time'
import type { Satisfaction, Themes } from '@contract/feedback'
import { formatShortDate } from '@contract/format'
import { CivilDate } from '@contract/ids'
import { RATING_REASONS } from '@contract/display'
import { api } from '../app/api'
import { currentLanguage } from '../app/i18n'
import { keys } from '../app/queries'
import { useMay } from '../app/session'
import { Card, FailureNote, Loading, Segmented } from '../parts'

const SPANS = [7, 28, 84] as const
const STARS = [5, 4, 3, 2, 1] as const

/** How the service is found, and what people talk about, week by week. Computed here; no name, no number. */
export function Opinions({ tabs }: { tabs: ReactNode }): ReactNode {
  const { t } = useTranslation('feedback')
  const maySupervise = useMay('supervise')
  const [days, setDays] = useState<string>('28')
  const to = CivilDate.parse(toCivil(new Date()).date)
  const from = CivilDate.parse(addDays(to, 1 - Number(days)))
  const satisfaction = useQuery({ queryKey: keys.satisfaction(from, to), queryFn: () => api.feedback.satisfaction({ from, to }) })
  const themes = useQuery({ queryKey: keys.themes(from, to), queryFn: () => api.feedback.themes({ from, to }), enabled: maySupervise })
  return (
    <main className="work feedback opinions">
      <div className="main">
        <div className="pagehd">
          <h1>{t('title')}</h1>{tabs}
          <span className="end"><Segmented label={t('period')} value={days} onChange={setDays} options={SPANS.map((span) => ({ value: String(span), label: t('lastDays', { count: span }) }))} /></span>
        </div>
        <FailureNote error={satisfaction.error ?? themes.error} />
        {satisfaction.data ? <Stars figures={satisfaction.data} /> : satisfaction.error === null && <Loading />}
        {maySupervise ? themes.data && <ThemeTable themes={themes.data} /> : <Card title={t('themes')} icon={IconMessages}><p className="t2">{t('themesFor')}</p></Card>}
      </div>
    </main>
  )
}

function Stars({ figures: { rated, refused, mean, satisfied, byStars, byReason } }: { figures: Satisfaction }): ReactNode {
  const { t } = useTranslation('feedback')
  const { t: display } = useTranslation('display')
  return (
    <Card title={t('satisfaction')} icon={IconMoodSmile} aside={<span className="s t2 num">{t('ratedRefused', { rated, refused })}</span>}>
      {rated === 0
        ? <p className="t2">{t('noRatings')}</p>
        : (
          <div className="stars">
            <div><span className="kpi num">{satisfied === null ? '–' : `${String(Math.round(satisfied * 100))} %`}</span><p className="m t2">{t('satisfiedOrMore', { mean: mean === null ? '' : mean.toFixed(1).replace('.', currentLanguage() === 'vi' ? ',' : '.') })}</p></div>
            <table className="bars" aria-label={t('byStars')}><tbody>{STARS.map((star) => <tr key={star}><th scope="row">{t(`star.${String(star)}`)}</th><td><span className="hourbar" style={{ width: `${String(Math.round((byStars[star] / rated) * 80))}%` }} /><b className="num">{byStars[star]}</b></td></tr>)}</tbody></table>
            <ul className="m">{RATING_REASONS.map((reason) => <li key={reason} className="row"><span className="grow">{display(`rating.reason.${reason}`)}</span><b className="num">{byReason[reason]}</b></li>)}</ul>
          </div>
        )}
    </Card>
  )
}

function ThemeTable({ themes: { texts, weeks, themes, phrases, unmatched } }: { themes: Themes }): ReactNode {
  const { t } = useTranslation('feedback')
  const week = (date: string): string => formatShortDate(date, { language: currentLanguage() }).slice(-5)
  return (
    <Card title={t('themes')} icon={IconMessages} fill flush aside={<span className="s t2 num">{t('texts', { count: texts, unmatched })}</span>}>
      {texts === 0
        ? <p className="t2" style={{ padding: '12px 14px' }}>{t('noTexts')}</p>
        : (
          <table className="tbl" aria-label={t('themes')}>
            <thead><tr><th scope="col">{t('theme')}</th>{weeks.map((date) => <th key={date} scope="col" className="r">{t('week', { date: week(date) })}</th>)}<th scope="col" className="r">{t('total')}</th><th scope="col" className="r">{t('before')}</th></tr></thead>
            <tbody>
              {themes.filter(({ total, before }) => total + before > 0).map(({ code, tone, total, byWeek, before }) => (
                <tr key={code}><td><b>{t(`themeName.${code}`)}</b> <span className="src">{t(`tone.${tone}`)}</span></td>{weeks.map((date, index) => <td key={date} className="r num">{byWeek[index] ?? 0}</td>)}<td className="r num"><b>{total}</b></td><td className="r num t2">{before}</td></tr>
              ))}
              {phrases.map(({ words, total, byWeek }) => (
                <tr key={words}><td>“{words}” <span className="src">{t('newPhrase')}</span></td>{weeks.map((date, index) => <td key={date} className="r num">{byWeek[index] ?? 0}</td>)}<td className="r num"><b>{total}</b></td><td /></tr>
              ))}
            </tbody>
          </table>
        )}
    </Card>
  )
}
