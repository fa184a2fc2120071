import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import { type AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'

/** Faults by name; `after` pages of the job, where it matters. */
export type EsclFault =
  | { name: 'jam' | 'door' | 'double-feed' | 'cut' | 'abort' | 'half' | 'silent' | 'stall'; after: number }
  /** So many answers of 503 before it goes on: to the job, or to its pages. */
  | { name: 'busy-job' | 'busy-page' | 'not-yet'; times: number }
  | { name: 'refuse-black' | 'invalid-ticket' | 'garbage' | 'entities' | 'huge' | 'redirect' | 'forbidden' | 'no-location' | 'bare-status' | 'not-an-image' }

export type EsclSimulatorOptions = Readonly<{
  /** JPEG or PDF files, the paper in the feeder; the glass holds the first. */
  pages: readonly Buffer[]
  duplex?: boolean
  location?: 'relative' | 'absolute' | 'other-host'
  /** What is said at the end of the feeder: AirSane says 409, the standard 404. */
  end?: 404 | 409 | 410
  uuid?: string
  version?: string
  /** Milliseconds before a page, and between its pieces. */
  delay?: number
  tls?: Readonly<{ key: string; cert: string }>
  port?: number
  /** Colour modes; the PDF of `formats`. */
  modes?: readonly string[]
  formats?: readonly string[]
}>
export type EsclSimulator = Readonly<{
  url: string
  port: number
  /** Requests so far as `GET /eSCL/…`. */
  requests: readonly string[]
  /** Bodies of ScanJobs. */
  tickets: readonly string[]
  setFault: (fault: EsclFault | null) => void
  /** Fills the feeder again. */
  refill: (sheets: number) => void
  jobs: () => readonly string[]
  close: () => Promise<void>
}>
type Job = { id: string; given: number; state: 'Processing' | 'Completed' | 'Canceled' | 'Aborted'; reason: string; fed: boolean; most: number }

const SPACES = 'xmlns:pwg="http://www.pwg.org/schemas/2010/12/sm" xmlns:scan="http://schemas.hp.com/imaging/escl/2011/05/03"'

/** A driverless scanner on loopback as Mopria's eSCL describes it, with faults. Proved by Debian's sane-airscan in escl-simulator.test.ts. */
export async function startEsclSimulator(options: EsclSimulatorOptions): Promise<EsclSimulator> {
  const { pages, duplex = false, location = 'relative', end = 404, uuid = randomUUID(), version = '2.6', delay = 0 } = options
  const { modes = ['RGB24', 'Grayscale8', 'BlackAndWhite1'], formats = ['image/jpeg', 'application/pdf'] } = options
  const requests: string[] = []
  const tickets: string[] = []
  const jobs: Job[] = []
  let fault: EsclFault | null = null
  let sheets = pages.length
  let trouble = ''

  const inputCaps = () => `<scan:MinWidth>16</scan:MinWidth><scan:MaxWidth>2550</scan:MaxWidth><scan:MinHeight>16</scan:MinHeight><scan:MaxHeight>3508</scan:MaxHeight><scan:MaxScanRegions>1</scan:MaxScanRegions>
    <scan:SettingProfiles><scan:SettingProfile><scan:ColorModes>${modes.map((mode) => `<scan:ColorMode>${mode}</scan:ColorMode>`).join('')}</scan:ColorModes>
    <scan:DocumentFormats>${formats.map((format) => `<pwg:DocumentFormat>${format}</pwg:DocumentFormat><scan:DocumentFormatExt>${format}</scan:DocumentFormatExt>`).join('')}</scan:DocumentFormats>
    <scan:SupportedResolutions><scan:DiscreteResolutions>${[110, 150, 300].map((dpi) => `<scan:DiscreteResolution><scan:XResolution>${dpi}</scan:XResolution><scan:YResolution>${dpi}</scan:YResolution></scan:DiscreteResolution>`).join('')}</scan:DiscreteResolutions></scan:SupportedResolutions>
    </scan:SettingProfile></scan:SettingProfiles>`
  const capabilities = () => `<?xml version="1.0" encoding="UTF-8"?><scan:ScannerCapabilities ${SPACES}><pwg:Version>${version}</pwg:Version><pwg:MakeAndModel>Quầy &amp; Một Cửa</pwg:MakeAndModel><pwg:SerialNumber>1</pwg:SerialNumber><scan:UUID>${uuid}</scan:UUID>
    <scan:Platen><scan:PlatenInputCaps>${inputCaps()}</scan:PlatenInputCaps></scan:Platen>
    <scan:Adf><scan:AdfSimplexInputCaps>${inputCaps()}</scan:AdfSimplexInputCaps>${duplex ? `<scan:AdfDuplexInputCaps>${inputCaps()}</scan:AdfDuplexInputCaps>` : ''}<scan:FeederCapacity>50</scan:FeederCapacity>
    <scan:AdfOptions><scan:AdfOption>DetectPaperLoaded</scan:AdfOption>${duplex ? '<scan:AdfOption>Duplex</scan:AdfOption>' : ''}</scan:AdfOptions></scan:Adf></scan:ScannerCapabilities>`
  const status = () => `<?xml version="1.0" encoding="UTF-8"?><scan:ScannerStatus ${SPACES}><pwg:Version>${version}</pwg:Version><pwg:State>${jobs.some((job) => job.state === 'Processing') ? 'Processing' : 'Idle'}</pwg:State>
    <scan:AdfState>${trouble || (sheets > 0 ? 'ScannerAdfLoaded' : 'ScannerAdfEmpty')}</scan:AdfState><scan:Jobs>${jobs.map((job) => `<scan:JobInfo><pwg:JobUri>/eSCL/ScanJobs/${job.id}</pwg:JobUri><pwg:JobUuid>${job.id}</pwg:JobUuid><scan:Age>1</scan:Age><pwg:ImagesCompleted>${job.given}</pwg:ImagesCompleted><pwg:JobState>${job.state}</pwg:JobState><pwg:JobStateReasons><pwg:JobStateReason>${job.reason}</pwg:JobStateReason></pwg:JobStateReasons></scan:JobInfo>`).join('')}</scan:Jobs></scan:ScannerStatus>`

  const say = (response: ServerResponse, code: number, body = '', headers: Record<string, string> = {}) => {
    response.writeHead(code, { 'content-type': 'text/xml', ...headers })
    response.end(body)
  }
  const countdown = (name: 'busy-job' | 'busy-page' | 'not-yet') => fault?.name === name && fault.times-- > 0

  const createJob = (ticket: string, response: ServerResponse) => {
    tickets.push(ticket)
    if (countdown('busy-job')) return say(response, 503, '', { 'retry-after': '0' })
    if (fault?.name === 'forbidden') return say(response, 403)
    if (fault?.name === 'refuse-black' && ticket.includes('BlackAndWhite1')) return say(response, 409)
    const fed = ticket.includes('>Feeder<')
    if (fed && sheets === 0) return say(response, 409)
    const bad = fault?.name === 'invalid-ticket'
    const job: Job = { id: randomUUID(), given: 0, state: bad ? 'Aborted' : 'Processing', reason: bad ? 'InvalidScanTicket' : 'JobScanning', fed, most: fed ? Infinity : 1 }
    jobs.push(job)
    const path = `/eSCL/ScanJobs/${job.id}`
    const host = location === 'other-host' ? 'http://198.51.100.7' : self()
    return say(response, 201, '', fault?.name === 'no-location' ? {} : { location: location === 'relative' ? path : `${host}${path}` })
  }

  const nextDocument = async (job: Job | undefined, response: ServerResponse): Promise<void> => {
    if (!job || job.state === 'Canceled' || job.state === 'Aborted') return say(response, 404)
    if (countdown('busy-page')) return say(response, 503)
    if (countdown('not-yet')) return say(response, 404)
    const due = fault && 'after' in fault && fault.after === job.given ? fault.name : null
    if (due === 'jam' || due === 'door' || due === 'double-feed') {
      trouble = { jam: 'ScannerAdfJam', door: 'ScannerAdfHatchOpen', 'double-feed': 'ScannerAdfMultipickDetected' }[due]
      job.state = 'Aborted'
      return say(response, 409)
    }
    if (due === 'abort') {
      job.state = 'Aborted'
      job.reason = 'AbortedBySystem'
      return say(response, 404)
    }
    if (due === 'silent') return void (await wait(60_000, undefined, { ref: false }))
    if (job.given >= job.most || (job.fed && sheets === 0)) {
      job.state = 'Completed'
      return say(response, job.fed ? end : 404)
    }
    await wait(delay)
    const page = pages[job.given % pages.length] ?? Buffer.alloc(0)
    await give(response, due, fault?.name === 'not-an-image' ? Buffer.from('<html>hello</html>') : page)
    job.given += 1
    if (job.fed) sheets -= 1
  }

  const give = async (response: ServerResponse, due: string | null, page: Buffer) => {
    // "half" ends well by the rules of HTTP, only the picture is not whole.
    const body = due === 'half' ? page.subarray(0, page.length >> 1) : page
    response.writeHead(200, { 'content-type': 'image/jpeg', ...(due === 'half' || delay > 0 ? {} : { 'content-length': String(page.length) }) })
    const step = Math.max(1, Math.ceil(body.length / 8))
    for (let at = 0; at < body.length; at += step) {
      if (at >= body.length / 2 && due === 'cut') return void response.destroy()
      if (at >= body.length / 2 && due === 'stall') return void (await wait(60_000, undefined, { ref: false }))
      response.write(body.subarray(at, at + step))
      if (delay > 0) await wait(delay / 8)
    }
    response.end()
  }

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const { method = '', url = '' } = request
    requests.push(`${method} ${url}`)
    let body = ''
    for await (const piece of request) body += String(piece)
    const job = jobs.find((one) => url.includes(one.id))
    if (url === '/eSCL/ScannerCapabilities') return describe(response)
    if (url === '/eSCL/ScannerStatus') return fault?.name === 'bare-status' ? say(response, 500) : say(response, 200, status())
    if (url === '/eSCL/ScanJobs' && method === 'POST') return createJob(body, response)
    if (method === 'DELETE' && job) {
      if (job.state === 'Processing') job.state = 'Canceled'
      return say(response, 200)
    }
    if (url.endsWith('/NextDocument')) return nextDocument(job, response)
    return say(response, 404)
  }
  const describe = (response: ServerResponse) => {
    if (fault?.name === 'garbage') return say(response, 200, '<scan:ScannerCapabilities><oops')
    if (fault?.name === 'entities') return say(response, 200, `<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>${capabilities().replace('Quầy', '&a;')}`)
    if (fault?.name === 'huge') return say(response, 200, `<a>${'x'.repeat(3_000_000)}</a>`)
    if (fault?.name === 'redirect') return say(response, 302, '', { location: 'http://127.0.0.1:9/eSCL/ScannerCapabilities' })
    return say(response, 200, capabilities())
  }

  const handle = (request: IncomingMessage, response: ServerResponse) => void answer(request, response).catch(() => response.destroy())
  const server = options.tls ? createSecureServer(options.tls, handle) : createServer(handle)
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const self = () => `${options.tls ? 'https' : 'http'}://127.0.0.1:${port}`
  return {
    url: `${self()}/eSCL`, port, requests, tickets,
    setFault: (next) => {
      fault = next && { ...next }
      trouble = ''
    },
    refill: (count) => {
      sheets = count
      trouble = ''
    },
    jobs: () => jobs.map((job) => job.state),
    close: () => new Promise((resolve) => {
      server.closeAllConnections()
      server.close(() => resolve())
    }),
  }
}
