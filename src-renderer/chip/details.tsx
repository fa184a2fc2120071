import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ChipReading } from '@contract/chip'
import { formatSize } from '@contract/format'
import { currentLanguage } from '../app/i18n'
import { Button, Facts, FormDialog } from '../parts'
import { ChipMarks } from './badges'
import { resultsOfReading } from './marks'
import { Proofs } from './proofs'

/** Everything that a reading found: the results apart, how the chip was opened, its files, what is odd, and every field of DG13 as it came. */
export function ChipDetails({ open, reading, onClose }: { open: boolean; reading: ChipReading; onClose: () => void }): ReactNode {
  const { t } = useTranslation('chip')
  return (
    <FormDialog open={open} title={t('detailsLong')} onClose={onClose} wide>
      <div className="col" style={{ gap: 14 }}>
        <div className="row wrap"><ChipMarks results={resultsOfReading(reading)} /><span className="m t2">{t('notBlended')}</span></div>
        <Proofs proof={reading.proof} />
        <Access reading={reading} />
        <Oddities reading={reading} />
        <Person reading={reading} />
        <Dg13 reading={reading} />
        <div className="row" style={{ justifyContent: 'flex-end' }}><Button onPress={onClose} caps="Escape">{t('close', { ns: 'common' })}</Button></div>
      </div>
    </FormDialog>
  )
}

function Access({ reading: { access, reader, files, figures, mrz } }: { reading: ChipReading }): ReactNode {
  const { t } = useTranslation('chip')
  const language = currentLanguage()
  const way = access === null ? '–' : [access.protocol, access.agreement, access.mapping, access.cipher, t(`access.${access.key}`)].filter((part) => part !== null).join(' · ')
  const rows: readonly (readonly [string, ReactNode])[] = [
    [t('access.way'), <>{way}{access?.downgraded === true && <span className="c-warn w6"> · {t('access.downgraded')}</span>}</>],
    [t('access.reader'), <>{reader.name}{reader.simulated && <span className="t2"> · {t('mark.simulated')}</span>}</>],
    [t('access.files'), <span key="files" className="num" style={{ whiteSpace: 'normal' }}>{files.map(({ file, bytes }) => `${file} ${formatSize(bytes, language)}`).join(' · ')}</span>],
    ...(figures === null ? [] : [[t('access.figures'), t('access.figuresWords', { apdus: figures.apdus, size: formatSize(figures.bytes, language), wait: Math.round(figures.waitMs), own: Math.round(figures.ownMs), resumed: figures.resumed })] as const]),
    ...(mrz === null ? [] : [[t('access.mrz'), <span key="mrz" className="mono" style={{ whiteSpace: 'pre', overflowWrap: 'normal' }}>{mrz.lines.join('\n')}</span>] as const]),
  ]
  return <section><h3>{t('access.title')}</h3><Facts width={150} rows={rows} /></section>
}

/** What is odd and stops nothing. */
function Oddities({ reading: { oddities } }: { reading: ChipReading }): ReactNode {
  const { t, i18n } = useTranslation('chip')
  if (oddities.length === 0) return null
  const words = (code: string, params: Readonly<Record<string, string>>): string => (i18n.exists(`oddity.${code}`, { ns: 'chip' }) ? t(`oddity.${code}`, params) : t('oddity.other', { code }))
  return (
    <section>
      <h3>{t('oddity.title')}</h3>
      <ul>{oddities.map(({ code, file, params }) => <li key={code + (file ?? '') + JSON.stringify(params)} className="m">{file !== null && <b>{file}: </b>}{words(code, params)}</li>)}</ul>
    </section>
  )
}

const PERSON = ['documentNumber', 'nationality', 'ethnicity', 'religion', 'origin', 'residence', 'marks', 'issuedAt', 'expiresAt', 'father', 'mother', 'spouse', 'oldIdNumber'] as const

/** What the chip says of its holder beyond what the aside shows. */
function Person({ reading: { person } }: { reading: ChipReading }): ReactNode {
  const { t } = useTranslation('chip')
  const rows = PERSON.map((fact) => [t(`person.${fact}`), fact === 'expiresAt' && person.expiresAt === null ? t('key.endless') : (person[fact] ?? '–')] as const)
  return <section><h3>{t('person.title')}</h3><Facts width={150} rows={rows} /></section>
}

const LAST_KNOWN = 16

/** The fields of DG13 as they came; those that nobody documented, too. */
function Dg13({ reading: { dg13 } }: { reading: ChipReading }): ReactNode {
  const { t } = useTranslation('chip')
  if (dg13.length === 0) return null
  const rows = dg13.map(({ number, values }, index) => ({ key: `${String(index)} ${String(number)}`, number, words: values.join(' · ') }))
  return (
    <section>
      <h3>{t('dg13.title')}</h3>
      <table className="tbl" aria-label={t('dg13.title')} style={{ border: '1px solid var(--mc-line)' }}>
        <thead><tr><th scope="col" style={{ width: 60 }} className="r">{t('dg13.number')}</th><th scope="col" style={{ width: 190 }}>{t('dg13.field')}</th><th scope="col">{t('dg13.value')}</th></tr></thead>
        <tbody>
          {rows.map(({ key, number, words }) => (
            <tr key={key}><td className="r num" style={{ height: 30 }}>{number}</td><td style={{ height: 30 }} className="t2">{number >= 1 && number <= LAST_KNOWN ? t(`dg13.name.${String(number)}`) : t('dg13.unknown')}</td><td style={{ height: 30, overflowWrap: 'anywhere' }}>{words === '' ? '–' : words}</td></tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
