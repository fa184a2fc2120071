import { IconAlertTriangle, IconDeviceMobile, IconKey, IconRefresh, IconUsb } from '@tabler/icons-react'
import { type ReactNode, type RefObject, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { KeyKind, TokenCard, TokenId } from '@contract/signing'
import { Badge, Button, Note, Segmented } from '../parts'
import type { StepProps } from './step-props'
import { useTokens } from './use-signing'

/** How the PIN stands, said before anybody types it. */
export function PinMark({ token }: { token: Pick<TokenCard, 'pin' | 'triesLeft'> }): ReactNode {
  const { t } = useTranslation('signing-desk')
  if (token.pin === 'ok') return token.triesLeft === null ? null : <Badge tint="line">{t('triesLeft', { count: token.triesLeft })}</Badge>
  return <Badge tint={token.pin === 'blocked' ? 'bad' : 'warn'} icon={IconAlertTriangle}>{token.triesLeft !== null && token.pin !== 'blocked' && token.pin !== 'must-change' ? t('triesLeft', { count: token.triesLeft }) : t(`pin.${token.pin}`)}</Badge>
}

/** Which token; with one there is nothing to choose. */
function TokenChoice({ tokens, value, wanted, choice, onChange }: { tokens: readonly TokenCard[]; value: string | null; wanted: boolean; choice: RefObject<HTMLFieldSetElement | null>; onChange: (id: TokenId) => void }): ReactNode {
  const { t } = useTranslation('signing-desk')
  if (tokens.length === 0) return <Note tint="warn" icon={IconUsb}>{t('noToken')}</Note>
  return (
    <fieldset className="cas" ref={choice}>
      <legend className={`lbl ${wanted ? 'wanted' : ''}`}>{tokens.length > 1 ? t('severalTokens') : t('token')}</legend>
      {tokens.map((token) => (
        <label key={token.id} className={`ca ${token.id === value ? 'on' : ''}`}>
          <input type="radio" name="token" checked={token.id === value} onChange={() => onChange(token.id)} />
          <span className="grow row wrap"><b>{token.label}</b><span className="s t2 num">{t('serialNumber', { serial: token.serial })}</span><PinMark token={token} />{token.simulated && <Badge tint="sim">{t('simulated')}</Badge>}</span>
        </label>
      ))}
    </fieldset>
  )
}

export const PinStep = (props: StepProps): ReactNode => (props.view.provider.kind === 'token' ? <TokenPin {...props} /> : <Account {...props} />)

/** The account for signing far away; the citizen activates it on the phone and sets the PIN there. */
function Account({ acts }: StepProps): ReactNode {
  const { t } = useTranslation('signing-desk')
  return (
    <div className="row wrap">
      <Button kind="primary" small icon={IconDeviceMobile} keys="Ctrl+Enter" waitsFor={acts.busy ? t('asking') : undefined} onPress={() => acts.act({ step: 'pin', token: null })}>{t('register')}</Button>
      <span className="s t2">{t('registerHelp')}</span>
    </div>
  )
}

function TokenPin({ view, acts, display }: StepProps): ReactNode {
  const { t } = useTranslation('signing-desk')
  const { data } = useTokens()
  const [chosen, setChosen] = useState<TokenId | null>(view.token)
  const tokens = data?.tokens ?? []
  const only = tokens.length === 1 ? tokens[0]?.id ?? null : null
  const token = tokens.find(({ id }) => id === (chosen ?? only)) ?? null
  const choice = useRef<HTMLFieldSetElement>(null)
  const [wanted, setWanted] = useState(false)
  const go = (): void => {
    const open = tokens.length > 1 && token === null
    setWanted(open)
    // Which of several is the citizen's is for nobody but the officer to say.
    if (open) choice.current?.querySelector('input')?.focus()
    else acts.act({ step: 'pin', token: token?.id ?? null })
  }
  return (
    <>
      <TokenChoice tokens={tokens} value={token?.id ?? null} wanted={wanted && token === null} choice={choice} onChange={setChosen} />
      <div className="row wrap">
        <Button kind="primary" small icon={IconKey} keys="Ctrl+Enter" waitsFor={acts.busy ? t('citizenTypes') : undefined} onPress={go}>{t(token?.pin === 'must-change' ? 'changeTransportPin' : 'askPin')}</Button>
        {!display && <span className="m c-warn w6">{t('displayNeeded')}</span>}
      </div>
    </>
  )
}

const KEYS: readonly KeyKind[] = ['rsa-2048', 'rsa-3072', 'p-256']

export function KeyStep({ view, acts }: StepProps): ReactNode {
  const { t } = useTranslation('signing-desk')
  const { data } = useTokens()
  const able = data?.tokens.find(({ id }) => id === view.token)?.keys ?? KEYS
  const token = view.provider.kind === 'token'
  const [key, setKey] = useState<KeyKind>(view.key ?? able[0] ?? 'rsa-2048')
  return (
    <>
      {token && able.length > 1 && <Segmented label={t('keyKind')} value={key} onChange={setKey} options={able.map((value) => ({ value, label: t(`key.${value}`) }))} />}
      <div className="row wrap">
        <Button kind="primary" small icon={token ? IconKey : IconRefresh} keys="Ctrl+Enter" waitsFor={acts.busy ? t(token ? 'makingKey' : 'asking') : undefined} onPress={() => acts.act({ step: 'key', key })}>{t(token ? 'makeKey' : 'askNow')}</Button>
        <span className="s t2">{t(token ? 'keyTakes' : 'activateOnPhone')}</span>
      </div>
    </>
  )
}
