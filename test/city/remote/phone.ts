/** The citizen's thumb, for tests: presses the buttons of `/phone`. */
export interface Phone {
  activate(registrationId: string, key?: 'rsa-2048' | 'p-256'): Promise<void>
  refuseAccount(registrationId: string): Promise<void>
  /** The one that waits longest, of whoever; throws when none waits. */
  confirm(): Promise<void>
  refuse(): Promise<void>
  page(): Promise<string>
}

/** @param url of a running city */
export function phone(url: string): Phone {
  const press = async (path: string, form: Record<string, string>): Promise<void> => {
    const response = await fetch(url + path, { method: 'POST', body: new URLSearchParams(form), redirect: 'manual' })
    if (response.status !== 303) throw new Error(`phone ${path}: ${response.status} ${await response.text()}`)
  }
  const page = async (): Promise<string> => (await fetch(`${url}/phone`)).text()
  const oldest = async (): Promise<string> => {
    const path = [...(await page()).matchAll(/action="(\/phone\/transactions\/[^"]+)"/g)].at(-1)?.[1]
    if (path === undefined) throw new Error('nothing waits on the phone')
    return path
  }
  return {
    page,
    activate: (id, key = 'rsa-2048') => press(`/phone/registrations/${id}`, { act: 'activate', key }),
    refuseAccount: (id) => press(`/phone/registrations/${id}`, { act: 'refuse' }),
    confirm: async () => press(await oldest(), { act: 'confirm' }),
    refuse: async () => press(await oldest(), { act: 'refuse' }),
  }
}
