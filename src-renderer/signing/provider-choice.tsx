import { IconCloudCheck, IconCloudOff, IconCloudQuestion } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ProviderCard } from '@contract/signing'
import { currentLanguage } from '../app/i18n'
import { Badge, type IconType, type Tint } from '../parts'
import { DemoMark } from './marks'

const LINES: Readonly<Record<ProviderCard['line'], readonly [Tint, IconType]>> = { up: ['ok', IconCloudCheck], down: ['warn', IconCloudOff], unknown: ['line', IconCloudQuestion] }

export function LineBadge({ line }: { line: ProviderCard['line'] }): ReactNode {
  const { t } = useTranslation('signing-desk')
  const [tint, icon] = LINES[line]
  return <Badge tint={tint} icon={icon}>{t(`caLine.${line}`)}</Badge>
}

type Props = Readonly<{ providers: readonly ProviderCard[]; value: string; onChange: (id: string) => void }>

/** The licensed CAs, with licence, price and where the key will lie. */
export function ProviderChoice({ providers, value, onChange }: Props): ReactNode {
  const { t } = useTranslation('signing-desk')
  return (
    <fieldset className="cas">
      <legend className="lbl">{t('byWhom')}</legend>
      {providers.map((provider) => (
        <label key={provider.id} className={`ca ${provider.id === value ? 'on' : ''}`}>
          <input type="radio" name="provider" checked={provider.id === value} onChange={() => onChange(provider.id)} />
          <span className="grow">
            <span className="row wrap"><b>{provider.name}</b><DemoMark demo={provider.demo} /><LineBadge line={provider.line} /></span>
            <span className="s t2">{t('licence', { licence: provider.licence })} · {t(`keyIn.${provider.kind}`)} · {provider.price[currentLanguage()]}</span>
          </span>
        </label>
      ))}
    </fieldset>
  )
}
