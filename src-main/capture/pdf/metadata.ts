/** What a PDF says of itself. No names: a document's title may be read by anybody who gets the file. */
export type PdfAbout = Readonly<{ title: string; now: Date }>

export const PRODUCER = 'Một Cửa'

/** A text string of PDF: UTF-16 with its mark, in hexadecimal, so that every letter fits and nothing can break out. */
export function pdfText(text: string): string {
  const units = Array.from({ length: text.length }, (_, i) => text.charCodeAt(i).toString(16).padStart(4, '0'))
  return `<feff${units.join('')}>`
}

const digits = (value: number, count = 2): string => String(value).padStart(count, '0')

/** A date of PDF in UTC. */
export function pdfDate(now: Date): string {
  return `(D:${digits(now.getUTCFullYear(), 4)}${digits(now.getUTCMonth() + 1)}${digits(now.getUTCDate())}${digits(now.getUTCHours())}${digits(now.getUTCMinutes())}${digits(now.getUTCSeconds())}+00'00')`
}

const NAMED: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' }
// Characters that XML 1.0 does not have.
// eslint-disable-next-line no-control-regex
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g

/** Halves of letters (lone surrogates) as the replacement character: neither XML nor UTF-16 text may have them. */
export const wellFormed = (text: string): string => text.replaceAll(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd')

const xmlText = (text: string): string => wellFormed(text).replaceAll(FORBIDDEN, ' ').replaceAll(/[&<>"']/g, (char) => NAMED[char] ?? char)

/** The XMP packet of a PDF/A-2b (ISO 19005-2, 6.6): says the same as the information dictionary. */
export function xmpPacket({ title, now }: PdfAbout): string {
  const date = now.toISOString().replace(/\.\d+Z$/, '+00:00')
  return `<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">${xmlText(title)}</rdf:li></rdf:Alt></dc:title>
<xmp:CreatorTool>${PRODUCER}</xmp:CreatorTool><xmp:CreateDate>${date}</xmp:CreateDate><xmp:ModifyDate>${date}</xmp:ModifyDate>
<pdf:Producer>${PRODUCER}</pdf:Producer>
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>`
}
