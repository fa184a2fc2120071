/** Where in a page's source the nonce of its answer is put. */
export const NONCE_PLACE = '%CSP_NONCE%'

/** What the pages of a session may do beyond showing themselves: `counter` has the camera, and threads that compile WebAssembly; `hall` speaks unasked. */
export type Powers = 'none' | 'counter' | 'hall'

/**
 * The content security policy: nothing but the app's own files.
 * Styles: the component library injects `<style>` elements (they carry the nonce) and style attributes (cannot run code).
 * Images: previews are blobs, the library's ticks are data URLs. Blob workers are not allowed; the PDF worker is a file.
 * The camera's picture is a stream handed over, not media that is loaded.
 * @param compiles lets what gets this policy compile WebAssembly of the app's own, as the reader of codes is
 */
export function contentSecurityPolicy(nonce: string, compiles = false): string {
  return [
    "default-src 'none'",
    `script-src 'self'${compiles ? " 'wasm-unsafe-eval'" : ''}`,
    `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' blob: data:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'none'",
    "media-src 'none'",
    "frame-src 'none'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}

/** Powers of the web platform that no page of ours uses; each is switched off for the page itself, too. */
const OFF = [
  'accelerometer', 'autoplay', 'browsing-topics', 'camera', 'clipboard-read', 'display-capture', 'encrypted-media', 'fullscreen',
  'gamepad', 'geolocation', 'gyroscope', 'hid', 'identity-credentials-get', 'idle-detection', 'keyboard-map', 'local-fonts', 'magnetometer',
  'microphone', 'midi', 'otp-credentials', 'payment', 'picture-in-picture', 'publickey-credentials-create', 'publickey-credentials-get',
  'screen-wake-lock', 'serial', 'storage-access', 'usb', 'window-management', 'xr-spatial-tracking',
]

/** What is left on for whom. */
const ON: Readonly<Record<Powers, string | null>> = { none: null, counter: 'camera', hall: 'autoplay' }

/**
 * Headers of every answer on the app's own scheme. A thread goes by the policy of its own file: WebAssembly is for scripts, so that
 * no page itself compiles any.
 */
export function pageHeaders(type: string, nonce: string, powers: Powers = 'none'): Record<string, string> {
  return {
    'content-type': type,
    'content-security-policy': contentSecurityPolicy(nonce, powers === 'counter' && type.startsWith('text/javascript')),
    'x-content-type-options': 'nosniff',
    'permissions-policy': OFF.map((feature) => `${feature}=${feature === ON[powers] ? '(self)' : '()'}`).join(', '),
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-embedder-policy': 'require-corp',
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    'x-dns-prefetch-control': 'off',
    'x-frame-options': 'DENY',
  }
}
