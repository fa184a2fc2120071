import { IconKey } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Note, useAnnounce } from '../parts'
import { SecretForm, useSecretForm } from '../sign-in/secret-form'
import { Section } from './section'
import { useUnsaved } from './section'

/** A new secret for oneself. */
export function OwnSecretSection(): ReactNode {
  const { t } = useTranslation('settings')
  const { say } = useAnnounce()
  const secret = useSecretForm()
  const [saved, setSaved] = useState(false)
  const dirty = [secret.current, secret.next, secret.again].some((value) => value !== '')
  useUnsaved(dirty)
  const save = (): void => void secret.save().then((kept) => {
    setSaved(kept)
    if (kept) say(t('secretChanged'))
  })
  const undo = (): void => {
    secret.setCurrent('')
    secret.setNext('')
    secret.setAgain('')
  }
  return (
    <Section title={t('section.secret')} icon={IconKey} form={{ dirty, busy: secret.busy, saved, error: null, faults: {}, save, undo }}>
      <p className="m t2 prose">{t('secretWords')}</p>
      {saved && !dirty && <Note tint="ok" role="status">{t('secretChanged')}</Note>}
      <form className="col" style={{ gap: 12, maxWidth: 460 }} onSubmit={(event) => { event.preventDefault(); save() }}>
        <SecretForm form={secret} />
        <button type="submit" hidden aria-hidden="true" tabIndex={-1} />
      </form>
    </Section>
  )
}
