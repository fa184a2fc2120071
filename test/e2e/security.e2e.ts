import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { launchApp, type Launched } from './launch'
import { openOutsideWorld, type OutsideWorld } from './outside-world'

// The hardening checklist of Electron's own documentation and ours, attacked from inside the running page.

let launched: Launched
let page: Page
let world: OutsideWorld
let folder: string
let home: string

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'security-'))
  world = await openOutsideWorld()
  launched = await launchApp({ dataFolder: join(folder, 'data') })
  page = launched.page
  home = page.url()
})
test.afterAll(async () => {
  await launched.close()
  await world.close()
  rmSync(folder, { recursive: true, force: true })
})
test.afterEach(() => {
  expect(world.arrived).toEqual([])
})

/** Gives refused things time to happen, had they not been refused. */
const settle = (): Promise<void> => page.waitForTimeout(300)
const windows = (): Promise<number> => launched.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)

test.describe('the page stays where it is', () => {
  const ways: Record<string, (address: string) => void> = {
    'by script': (address) => {
      location.href = address
    },
    'by a link': (address) => {
      const link = Object.assign(document.createElement('a'), { href: address, textContent: 'x' })
      document.body.append(link)
      link.click()
      link.remove()
    },
    'by a form': (address) => {
      const form = Object.assign(document.createElement('form'), { action: address })
      document.body.append(form)
      form.submit()
      form.remove()
    },
    'by a refresh': (address) => {
      const meta = Object.assign(document.createElement('meta'), { httpEquiv: 'refresh', content: `0;url=${address}` })
      document.head.append(meta)
    },
  }
  for (const [way, go] of Object.entries(ways)) {
    for (const target of ['outside', 'file', 'script', 'own'] as const) {
      test(`${way}, towards ${target}`, async () => {
        const address = { outside: `${world.url}/navigated`, file: 'file:///etc/passwd', script: 'data:text/html,<h1>x</h1>', own: 'app://other/index.html' }[target]
        await page.evaluate(go, address)
        await settle()
        expect(page.url()).toBe(home)
      })
    }
  }

  test('a redirect by the server of a page that got in is not followed', async () => {
    const answer = await launched.app.evaluate(async ({ session }, url) => session.fromPartition('counter').fetch(url).then(() => 'loaded', () => 'refused'), `${world.url}/session`)
    expect(answer).toBe('refused')
  })
})

test.describe('no second window', () => {
  test('by window.open', async () => {
    const opened = await page.evaluate((url) => [url, 'about:blank', location.href].map((each) => window.open(each) === null), `${world.url}/open`)
    expect([opened, await windows()]).toEqual([[true, true, true], 1])
  })

  for (const click of [{ button: 'left' }, { button: 'middle' }, { button: 'left', modifiers: ['Shift'] }, { button: 'left', modifiers: ['Control'] }] as const) {
    test(`by a ${click.button} click ${'modifiers' in click ? `with ${click.modifiers.join()} ` : ''}on a link for a new window`, async () => {
      await page.evaluate((url) => {
        const link = Object.assign(document.createElement('a'), { href: url, target: '_blank', textContent: 'link', id: 'probe' })
        link.style.cssText = 'position:fixed;z-index:99999;left:0;top:0;padding:20px'
        document.body.append(link)
      }, `${world.url}/blank`)
      // By the bare mouse: the driver's own click waits for the navigations that were refused above.
      const held = 'modifiers' in click ? click.modifiers : []
      for (const key of held) await page.keyboard.down(key)
      await page.mouse.click(10, 10, { button: click.button })
      for (const key of held) await page.keyboard.up(key)
      await settle()
      await page.evaluate(() => document.getElementById('probe')?.remove())
      expect([await windows(), page.url()]).toEqual([1, home])
    })
  }

  test('by a second start of the program, which ends at once', async () => {
    const { file, args } = await launched.app.evaluate(({ app }) => ({ file: process.execPath, args: [app.getAppPath()] }))
    const switches = process.platform === 'linux' ? ['--no-sandbox', '--disable-gpu'] : []
    const second = spawn(file, [...switches, ...args], { env: { ...process.env, MOTCUA_DATA: join(folder, 'data') }, stdio: 'ignore' })
    const code = await new Promise((resolve) => second.on('exit', resolve))
    expect([code, await windows()]).toEqual([0, 1])
  })
})

test.describe('frames', () => {
  for (const source of ['outside', 'own page', 'data']) {
    test(`nothing loads into a frame from: ${source}`, async () => {
      const address = { outside: `${world.url}/frame`, 'own page': home, data: 'data:text/html,<h1>x</h1>' }[source] ?? ''
      const body = await page.evaluate(async (src) => {
        const frame = Object.assign(document.createElement('iframe'), { src })
        document.body.append(frame)
        await new Promise((resolve) => setTimeout(resolve, 300))
        const text = frame.contentDocument?.body.textContent ?? ''
        frame.remove()
        return text
      }, address)
      expect(body).toBe('')
    })
  }

  test('an empty frame has no bridge and no Node', async () => {
    const found = await page.evaluate(() => {
      const frame = document.createElement('iframe')
      document.body.append(frame)
      const names = ['motcua', 'require', 'process', 'Buffer'].filter((name) => frame.contentWindow !== null && name in frame.contentWindow)
      frame.remove()
      return names
    })
    expect(found).toEqual([])
  })

  test('a webview element is an unknown element', async () => {
    expect(await page.evaluate(() => Object.prototype.toString.call(document.createElement('webview')))).toBe('[object HTMLElement]')
  })
})

test('permissions are refused, all but writing to the clipboard and looking through the camera', async () => {
  const outcome = await page.evaluate(async () => {
    const how = (act: () => Promise<unknown>): Promise<string> => Promise.resolve().then(act).then(() => 'granted', (error: unknown) => (error instanceof Error ? error.name : 'refused'))
    const states = await Promise.all(['geolocation', 'microphone', 'notifications', 'midi', 'clipboard-read', 'persistent-storage', 'idle-detection'].map(async (name) =>
      navigator.permissions.query({ name: name as PermissionName }).then(({ state }) => `${name} ${state}`, () => `${name} denied`),
    ))
    // Not in the library's types of the web platform.
    const askDevice = async (kind: string, method: string): Promise<unknown> => {
      const devices = Reflect.get(navigator, kind) as Record<string, (options: object) => Promise<unknown>>
      return devices[method]?.({ filters: [] })
    }
    return {
      states,
      cameraWithSound: await how(() => navigator.mediaDevices.getUserMedia({ video: true, audio: true })),
      microphone: await how(() => navigator.mediaDevices.getUserMedia({ audio: true })),
      screen: await how(() => navigator.mediaDevices.getDisplayMedia()),
      location: await how(() => new Promise((resolve, reject) => navigator.geolocation.getCurrentPosition(resolve, () => reject(new Error('refused'))))),
      notification: await Notification.requestPermission(),
      midi: await how(() => navigator.requestMIDIAccess()),
      clipboardRead: await how(() => navigator.clipboard.readText()),
      usb: await how(() => askDevice('usb', 'requestDevice')),
      serial: await how(() => askDevice('serial', 'requestPort')),
      hid: await how(async () => {
        const devices = await askDevice('hid', 'requestDevice')
        if (!Array.isArray(devices) || devices.length === 0) throw new Error('none')
      }),
    }
  })
  const { states, ...asked } = outcome
  expect([states.filter((state) => !state.endsWith(' denied')), Object.entries(asked).filter(([, how]) => how === 'granted')]).toEqual([[], []])
})

test('nothing of the page reaches the network or the disk', async () => {
  const outcome = await page.evaluate(async ({ url, webSocketUrl, stunUrl }) => {
    const how = (act: () => Promise<unknown>): Promise<string> => Promise.resolve().then(act).then(() => 'loaded', () => 'refused')
    const element = (make: () => HTMLElement): Promise<string> => how(() => new Promise((resolve, reject) => {
      const made = make()
      made.onload = resolve
      made.onerror = () => reject(new Error('refused'))
      document.body.append(made)
      setTimeout(() => reject(new Error('late')), 1000)
    }))
    const peer = new RTCPeerConnection({ iceServers: [{ urls: stunUrl }] })
    peer.createDataChannel('x')
    await peer.setLocalDescription(await peer.createOffer())
    const results = {
      fetch: await how(() => fetch(`${url}/fetch`)),
      noCors: await how(() => fetch(`${url}/no-cors`, { mode: 'no-cors' })),
      file: await how(() => fetch('file:///etc/passwd')),
      image: await element(() => Object.assign(new Image(), { src: `${url}/image.png` })),
      script: await element(() => Object.assign(document.createElement('script'), { src: `${url}/script.js` })),
      style: await element(() => Object.assign(document.createElement('link'), { rel: 'stylesheet', href: `${url}/style.css` })),
      socket: await how(() => new Promise((resolve, reject) => {
        const socket = new WebSocket(webSocketUrl)
        socket.onopen = resolve
        socket.onerror = () => reject(new Error('refused'))
      })),
      beacon: navigator.sendBeacon(`${url}/beacon`) ? 'sent or dropped' : 'refused',
      prefetch: await element(() => Object.assign(document.createElement('link'), { rel: 'prefetch', href: `${url}/prefetch` })),
    }
    await new Promise((resolve) => setTimeout(resolve, 500))
    peer.close()
    return results
  }, { url: world.url, webSocketUrl: world.webSocketUrl, stunUrl: world.stunUrl })
  expect(Object.entries(outcome).filter(([, how]) => how === 'loaded')).toEqual([])
})

test.describe('the app’s own scheme', () => {
  const fetched = (path: string, method = 'GET'): Promise<string> =>
    page.evaluate(async ([address, how]) => fetch(address, { method: how }).then(async (answer) => `${String(answer.status)} ${(await answer.text()).slice(0, 20)}`, () => 'refused'), [path, method] as const)

  for (const [path, expected] of [
    ['/../package.json', '404 '], ['/%2e%2e/package.json', '404 '], ['/..%2f..%2fpackage.json', '403 '], ['/..%5c..%5cpackage.json', '403 '], ['/%252e%252e%252fpackage.json', '403 '],
    ['/assets', '404 '], ['/assets/', '403 '], ['/', '403 '], ['//etc/passwd', '(?:403 |refused)'], ['/index.html%00.js', '(?:403 |refused)'], ['/.env', '403 '], ['/none.js', '404 '], ['app://other/index.html', 'refused'],
  ] as const) {
    test(`refuses ${path}`, async () => {
      expect(await fetched(path)).toMatch(new RegExp(`^${expected}$`))
    })
  }

  test('refuses every method but GET and HEAD', async () => {
    expect(await Promise.all(['POST', 'PUT', 'DELETE', 'PATCH'].map((method) => fetched('/index.html', method)))).toEqual(['405 ', '405 ', '405 ', '405 '])
  })

  test('refuses a link that leads out of its folder', async () => {
    const appFolder = await launched.app.evaluate(({ app }) => app.getAppPath())
    writeFileSync(join(folder, 'secret.json'), '"secret"')
    const link = join(appFolder, 'out', 'renderer', 'leads-out.json')
    symlinkSync(join(folder, 'secret.json'), link)
    try {
      expect(await fetched('/leads-out.json')).toBe('404 ')
    } finally {
      rmSync(link)
    }
  })

  test('runs no code that did not come as a file', async () => {
    const ran = await page.evaluate(async () => {
      const inline = Object.assign(document.createElement('script'), { textContent: 'window.inlineRan = true' })
      document.body.append(inline)
      const button = document.createElement('button')
      button.setAttribute('onclick', 'window.handlerRan = true')
      document.body.append(button)
      button.click()
      const blob = Object.assign(document.createElement('script'), { src: URL.createObjectURL(new Blob(['window.blobRan = true'], { type: 'text/javascript' })) })
      document.body.append(blob)
      await new Promise((resolve) => setTimeout(resolve, 200))
      let evaluated = 'ran'
      try {
        // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call -- the very thing that must not work
        new Function('return 1')()
      } catch (error) {
        evaluated = error instanceof Error ? error.name : 'refused'
      }
      // The smallest module there is.
      const compiled = await WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])).then(() => 'ran', (error: unknown) => (error instanceof Error ? error.name : 'refused'))
      for (const element of [inline, button, blob]) element.remove()
      return [['inlineRan', 'handlerRan', 'blobRan'].filter((name) => name in window), evaluated, compiled]
    })
    expect(ran).toEqual([[], 'EvalError', 'CompileError'])
  })
})
