import { z } from 'zod'
import { SerialChoice } from './code-readers'
import { CivilDate } from './ids'
import { FormSigner } from './office-forms'
import { KindLetter, QueueGroup } from './queue'
import { Paper } from './receipt'

const line = z.string().trim().min(1).max(200)
const printer = z.string().trim().min(1).max(200).nullable()

/** The two lines of the letterhead differ from city to city, so both are settings (domain §2). */
export const WardSettings = z.object({
  /** Issuing authority: "ỦY BAN NHÂN DÂN PHƯỜNG SÀI GÒN" is printed from "Ủy ban nhân dân phường Sài Gòn". */
  name: line,
  parentAgency: line,
  unitName: line.default('Trung tâm Phục vụ hành chính công'),
  /** Mã định danh of the agency in the dossier code, e.g. H29.900. */
  agencyCode: z.string().trim().regex(/^[A-Z]\d{2}(\.\d{1,4}){1,3}$/),
  /** Administrative unit code of the ward, five digits. */
  wardCode: z.string().trim().regex(/^\d{5}$/).optional(),
  province: line,
  address: line.optional(),
  hotline: z.string().trim().regex(/^[\d +().-]{3,40}$/).optional(),
})
export type WardSettings = z.infer<typeof WardSettings>

export const CounterSettings = z.object({
  code: z.string().trim().regex(/^[A-Z0-9]{1,8}$/),
  name: line,
  /** The fields (lĩnh vực) this counter takes first; none = all. */
  fields: z.array(line).max(50).default([]),
})
export type CounterSettings = z.infer<typeof CounterSettings>

const HOURS = /^\d{1,2}:\d{2}\s*[-–]\s*\d{1,2}:\d{2}(\s*,\s*\d{1,2}:\d{2}\s*[-–]\s*\d{1,2}:\d{2}){0,3}$/

/** A day that the ward keeps otherwise than the national calendar says. */
export const CalendarOverride = z.object({ date: CivilDate, kind: z.enum(['off', 'working']), name: line })
export type CalendarOverride = z.infer<typeof CalendarOverride>

const twoDates = (overrides: readonly CalendarOverride[]): boolean => new Set(overrides.map(({ date }) => date)).size === overrides.length

export const Settings = z.object({
  ward: WardSettings,
  counter: CounterSettings,
  /** "07:30-11:30, 13:00-17:00" */
  workingHours: z.string().trim().max(80).regex(HOURS),
  calendarOverrides: z.array(CalendarOverride).max(200).refine(twoDates, 'one entry a date'),
  /** Minutes without a key or the mouse until the screen locks. */
  idleMinutes: z.number().int().min(1).max(60),
  devices: z.object({
    /** The card reader that was chosen; null: the first that fits. */
    reader: z.string().max(300).nullable(),
    /** Serial ports on which barcode readers hang. */
    codeReaders: z.array(SerialChoice).max(8).default([]),
    /** Scanners of the network by their address, where they are not found by themselves. */
    scanners: z.array(z.string().trim().min(1).max(300)).max(8).default([]),
    /** A folder into which another program scans; its pages are offered like a scanner's. */
    watchedFolder: z.string().trim().min(1).max(1000).nullable().default(null),
  }),
  printing: z.object({
    receipt: z.object({ printer, paper: Paper, silent: z.boolean() }),
    /** `usb`: straight to the printer on the USB, as dots; `queue`: through the system's queue. */
    ticket: z.object({ printer, way: z.enum(['queue', 'raw-queue', 'usb']).default('queue') }),
    report: z.object({ printer, paper: Paper.default('A4'), silent: z.boolean().default(false) }),
  }),
  appearance: z.object({
    theme: z.enum(['light', 'dark', 'system']),
    /** Per cent. */
    zoom: z.number().int().min(80).max(200),
    language: z.enum(['vi', 'en']),
  }),
  queue: z.object({
    /** What the numbers of this counter begin with when it founds a line; null: as the registration says. No two counters of a ward may have the same. */
    prefix: z.string().regex(/^([A-Z][A-Z0-9]{0,2})?$/).nullable(),
    /** Kinds of matter that this counter calls; none = all. */
    letters: z.array(KindLetter).max(26),
    /** Groups that go first here, by law and by the reception rules of the office. */
    groups: z.array(QueueGroup).max(6),
    /** Calls are said aloud where the board is. */
    voice: z.boolean(),
  }),
  hall: z.object({
    /** Lines for board, kiosk and the waiting display. */
    notices: z.array(line).max(4),
    /** The rating is offered by itself when a result is handed over. */
    askRating: z.boolean(),
  }),
  /** Where fees are transferred to; null: no transfer by QR. */
  payment: z.object({ account: z.object({ bin: z.string().regex(/^\d{6}$/), bank: line, number: z.string().trim().regex(/^[A-Za-z0-9]{4,19}$/), holder: line }).nullable() }),
  signing: z.object({
    /** Drivers of tokens beside those that are found by their known names. */
    drivers: z.array(z.string().trim().min(1).max(1000)).max(8),
    /** Which way of RSA is taken where the token can do both (Circular 15/2025 lists PSS; many verifiers read PKCS#1 only). */
    rsa: z.enum(['pss-first', 'pkcs1-first']),
    /** Time stamps by this service; null: the one of the CA, or none. */
    stampUrl: z.url().max(300).nullable(),
    visible: z.boolean(),
    /** Signatures handed over a day that the ward wants to reach; null: none set. */
    dailyTarget: z.number().int().min(1).max(1000).nullable(),
  }),
  handling: z.object({
    /** Offices that papers are handed on to. */
    offices: z.array(line).max(30),
    /** Who signs in whose name; without an entry the form carries the office's title and no name. */
    signers: z.array(FormSigner).max(8),
  }),
  reports: z.object({
    /** The daily sheet prepares itself when the office closes and asks to be printed. */
    daily: z.boolean(),
    /** Đơn vị nhận báo cáo. */
    recipient: z.string().trim().max(200),
  }),
  /** Where submissions go; null before the counter is registered. The counter's private key is not a setting. */
  city: z.object({ url: z.url().max(300).nullable(), clientId: z.string().min(1).max(120).nullable() }),
})
export type Settings = z.infer<typeof Settings>

/** What holds until somebody changes it; ward and counter come from the first run. */
export const DEFAULT_SETTINGS = {
  workingHours: '07:30-11:30, 13:00-17:00',
  calendarOverrides: [],
  idleMinutes: 10,
  devices: { reader: null, codeReaders: [], scanners: [], watchedFolder: null },
  printing: { receipt: { printer: null, paper: 'A5', silent: false }, ticket: { printer: null, way: 'queue' }, report: { printer: null, paper: 'A4', silent: false } },
  appearance: { theme: 'system', zoom: 100, language: 'vi' },
  queue: { prefix: null, letters: [], groups: ['elderly', 'disabled', 'pregnant', 'merit', 'small-child'], voice: true },
  hall: { notices: [], askRating: true },
  payment: { account: null },
  signing: { drivers: [], rsa: 'pss-first', stampUrl: null, visible: true, dailyTarget: null },
  handling: { offices: ['Phòng Văn hóa - Xã hội', 'Phòng Kinh tế, Hạ tầng và Đô thị', 'Văn phòng HĐND và UBND', 'Công an phường', 'Lãnh đạo UBND'], signers: [] },
  reports: { daily: true, recipient: '' },
  city: { url: null, clientId: null },
} as const satisfies Omit<z.input<typeof Settings>, 'ward' | 'counter'>
