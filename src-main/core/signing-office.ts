import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { toCivil } from '@contract/civil-time'
import type { CoreSettings } from '@contract/host'
import type { DraftId } from '@contract/ids'
import { SigningFileId } from '@contract/signing'
import type { Settings } from '@contract/settings'
import { v7 } from 'uuid'
import type { Audit } from '../audit'
import { addressOf } from '../hall'
import { civilDateOf, type Intake } from '../intake'
import type { Paperwork } from '../paperwork'
import type { Catalogue } from '../procedures'
import {
  type AnchorKeeper, type CheckDesk, createAnchors, createBackground, createCards, createChecks, createEvidence, createFetcher, createFiles, createIssuerSource, createJobKeeper, createJudge, createPadesPart,
  createPlacing, createRemoteJobs, createRevocationSource, createSignDesk, createSigner, createStamps, createStampSource, createTokenDesk, createTokenJobs, createTokens, createUpgrades, type Declarations,
  type Judge, openJobs, keptPracticeAnchors, type RemoteAccounts, type SignDesk, type Signer, type SigningFiles, signedHere, simulatedTokens, type TokenDesk, type TokenService,
} from '../signing'
import type { Clock, Documents, Log, Store } from '../storage'
import type { Sync } from '../sync'
import { createDeclarations } from './declarations'
import type { DisplayOffice } from './display-office'
import type { Host } from './host'
import type { Live } from './live'
import { watchLine } from './signing-line'

/** Keys, papers and judgements of this counter. `office.signing()` opens it. */
export type SigningOffice = Readonly<{
  tokens: TokenService
  anchors: AnchorKeeper
  /** Judges the bytes of a PDF. */
  judge: Judge
  files: SigningFiles
  signer: Signer
  desk: SignDesk
  checks: CheckDesk
  tokenDesk: TokenDesk
  declarations: Declarations
  /** When nothing is left that goes on by itself. */
  settled(): Promise<void>
  close(): Promise<void>
}>

export type SigningOfficeDeps = Readonly<{
  place: CoreSettings; store: Store; documents: Documents; audit: Audit; clock: Clock; live: Live; log: Log; host: Host
  intake: Intake; catalogue: Catalogue; paperwork: Paperwork; sync: Sync; settings(): Settings
  display(): Promise<DisplayOffice>
  /** Accounts of remote signing, known to the office of issuing. */
  remotes(): Promise<RemoteAccounts>
  /** Time stamps of the CA that the ward registers for; null where it stamps nothing. */
  stampUrl(): string | null
}>

const ANCHORS = join('signing', 'anchors.v1.p7m')
/** A clock further off than this is told before anything is signed, in seconds. */
const CLOCK_OFF = 300

/** Puts the parts of signing together. */
export async function openSigningOffice(deps: SigningOfficeDeps): Promise<SigningOffice> {
  const { place, store, documents, audit, clock, live, log, host, intake, settings, sync } = deps
  const changed = (): void => live.emit({ kind: 'signing' })
  const line = watchLine({ live, sync, store, clock })
  const fetcher = createFetcher()
  const now = (): Date => clock.now()
  const revocation = createRevocationSource(fetcher, { now })

  const anchors = createAnchors({
    store, audit, clock, changed, shipped: readFileSync(join(place.resourcesFolder, ANCHORS)), practice: () => (place.practice ? keptPracticeAnchors(store.read) : []),
  })
  const evidence = createEvidence({ store, clock, log })
  const issuerSource = createIssuerSource(fetcher)
  const judge = createJudge({ clock, anchors, evidence, source: revocation, issuerSource, lineUp: line.up })
  const stamps = createStamps({ clock, url: () => settings().signing.stampUrl ?? deps.stampUrl(), open: (url) => createStampSource(url, fetcher, { now }) })
  const pades = createPadesPart({
    resourcesFolder: place.resourcesFolder, revocation: evidence.asking(revocation), issuerSource, isOurs: (signer) => signedHere(store.read, signer), issuers: () => anchors.inForce().map(({ certificate }) => certificate.raw), now,
  })
  const placing = createPlacing({ documents, clock, changed: live.emit })
  const checks = createChecks({ store, documents, clock, log, judge, lineUp: line.up, changed })
  const upgrade = createUpgrades({ store, documents, audit, clock, log, pades, stamps, placing, lineUp: line.up, done: changed })
  const background = createBackground({ log, step: async () => (await checks.step()) || upgrade() })
  const files = createFiles({ store, documents, audit, clock, newId: () => SigningFileId.parse(v7()), badgeOf: checks.badgeOfBytes, changed })

  const simulated = place.practice ? simulatedTokens(join(place.dataFolder, 'practice-tokens.json')) : null
  const tokens = createTokens({
    resourcesFolder: place.resourcesFolder, pkcs11Binding: place.pkcs11Binding, start: host.startDriver, setting: () => settings().signing.drivers, simulated, now: () => performance.now(), log,
  })
  const display = async () => (await deps.display()).desk
  const keeper = createJobKeeper({ store, documents, audit, clock, log, placing, changed: live.emit, signed: background.wake })
  const spokenTo = (draftId: DraftId | null): ReturnType<typeof addressOf> => {
    if (draftId === null) return 'quý vị'
    const { sex, birthDate } = intake.open(draftId).content.applicant
    return addressOf(sex, civilDateOf(birthDate), toCivil(clock.now()).date)
  }
  const tokenJobs = createTokenJobs({ documents, clock, pades, stamps, placing, tokens, keeper, log, display, addressOf: spokenTo })
  const remoteJobs = createRemoteJobs({ store, documents, clock, log, pades, stamps, placing, keeper, remotes: deps.remotes })
  const cards = createCards({ tokens, judge, log })
  const tokenDesk = createTokenDesk({ store, audit, log, tokens, judge, display, changed, simulated }, cards)
  const desk = createSignDesk({
    tokens, remotes: deps.remotes, policy: () => settings().signing.rsa, store, documents, clock, judge, evidence, keeper, tokenJobs, remoteJobs, cards,
    clockOk: () => Math.abs(sync.status().clockOffsetSeconds ?? 0) <= CLOCK_OFF, visible: () => settings().signing.visible, stampable: (url) => line.up() && stamps.source(url) !== null,
  })
  const declarations = createDeclarations({ store, audit, clock, intake, catalogue: deps.catalogue, paperwork: deps.paperwork, files, settings, practice: place.practice, changed })

  // What an earlier run was signing with a PIN is over: the PIN went with it.
  for (const { id, how } of openJobs(store.read)) if (how !== 'remote') keeper.end(id, 'failed', 'KS-074')
  remoteJobs.resume()
  line.start({ back: () => { stamps.again(); background.wake() }, papers: background.wake })
  background.wake()

  return {
    tokens, anchors, judge, files, signer: createSigner({ pades, stamps, clock }), desk, checks, tokenDesk, declarations, settled: background.idle,
    close: async () => {
      line.close()
      tokenDesk.close()
      await background.close()
      await remoteJobs.close()
      await tokens.close()
    },
  }
}
