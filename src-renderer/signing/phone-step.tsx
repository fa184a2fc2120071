import { IconDeviceTv, IconMessage2, IconPhoneCall } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, TextField } from '../parts'
import type { StepProps } from './step-props'
import { useProviders } from './use-signing'

const PHONE = /^0\d{9}$/

/** A code to the phone, typed by the citizen; or the officer calls it and hears it ring. */
export function PhoneStep({ view, acts, display }: StepProps): ReactNode {
  const { t } = useTranslation('signing-desk')
  const { data: providers } = useProviders()
  const [phone, setPhone] = useState(view.phone ?? '')
  const [asked, setAsked] = useState(false)
  const number = phone.replace(/[\s.]/gu, '')
  const codes = providers?.find(({ id }) => id === view.provider.id)?.phoneCodes ?? false
  const act = (how: 'send' | 'ask-code' | 'rang'): void => {
    if (PHONE.test(number)) acts.act({ step: 'phone', how, phone: number })
    else setAsked(true)
  }
  const sent = view.waits === 'citizen'
  return (
    <>
      <div style={{ maxWidth: 260 }}><TextField label={t('phone')} name="phone" value={phone} onChange={setPhone} inputMode="tel" maxLength={13} fault={asked && !PHONE.test(number) ? t('missing.phone') : undefined} autoFocus /></div>
      <div className="row wrap">
        {codes && <Button small icon={IconMessage2} kind={sent ? 'neutral' : 'primary'} {...(!sent && { keys: 'Ctrl+Enter' })} waitsFor={acts.busy ? t('working') : undefined} onPress={() => act('send')}>{sent ? t('sendAgain') : t('sendCode')}</Button>}
        {codes && sent && <Button small kind="primary" keys="Ctrl+Enter" icon={IconDeviceTv} onPress={() => act('ask-code')}>{t('typeCode')}</Button>}
        <Button small icon={IconPhoneCall} kind={codes ? 'neutral' : 'primary'} {...(!codes && { keys: 'Ctrl+Enter' })} onPress={() => act('rang')}>{t('rang')}</Button>
        {codes && sent && !display && <span className="m c-warn w6">{t('displayNeeded')}</span>}
      </div>
    </>
  )
}
