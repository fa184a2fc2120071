import { existsSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { defineConfig } from 'electron-vite'
import type { Plugin } from 'vite'

const root = import.meta.dirname
const alias = { '@contract': resolve(root, 'src-preload/contract'), '@resources': resolve(root, 'resources') }

/** Native or large packages that the core loads from node_modules; everything else is bundled, which starts faster. */
const loadedFromModules = ['better-sqlite3', 'usb', 'serialport', 'node-hid', 'pdfmake', 'pdfjs-dist', 'bwip-js', 'utif2', 'read-excel-file', 'write-excel-file']
const external = new RegExp(`^(?:${loadedFromModules.join('|')})(?:/|$)`)

/** The pages of the windows that citizens see or touch. */
const hallPages = Object.fromEntries(
  ['display', 'board', 'kiosk', 'helper'].map((page) => [page, resolve(root, 'src-renderer', page, 'index.html')] as const).filter(([, file]) => existsSync(file)),
)

/** Fetches the fonts along with the page: those that come after the first layout cost a second one, and the first a search through the system's fonts. */
const fontsWithPage: Plugin = {
  name: 'fonts-with-page',
  apply: 'build',
  transformIndexHtml: {
    order: 'post',
    handler: (_html, { path, bundle = {} }) => {
      const fonts = path === '/index.html' ? Object.keys(bundle).filter((file) => /\/inter-[\w-]+\.woff2$/.test(file)) : []
      return fonts.map((file) => ({ tag: 'link', injectTo: 'head', attrs: { rel: 'preload', as: 'font', type: 'font/woff2', crossorigin: true, href: `./${file}` } }))
    },
  },
}

/** A sandboxed preload cannot load files of its own: each gets what it needs as modules of its own, so that none are shared in a chunk. */
const eachOnItsOwn: Plugin = {
  name: 'each-on-its-own',
  enforce: 'pre',
  async resolveId(source, importer, options) {
    if (importer === undefined || source === 'electron') return null
    const found = await this.resolve(source, importer.split('?')[0], { ...options, skipSelf: true })
    const entry = importer.split('?of=')[1] ?? basename(importer)
    return found === null || found.external !== false ? found : `${found.id.split('?')[0] ?? found.id}?of=${entry}`
  },
}

export default defineConfig({
  main: {
    resolve: { alias },
    build: {
      outDir: resolve(root, 'out/main'),
      // Half as much to read and parse in two processes before anything shows.
      minify: 'esbuild',
      externalizeDeps: false,
      rollupOptions: {
        input: {
          index: resolve(root, 'src-main/shell/index.ts'),
          core: resolve(root, 'src-main/core/entry.ts'),
          cli: resolve(root, 'src-main/core/cli.ts'),
          // The process in which a driver of USB tokens lives.
          token: resolve(root, 'src-main/signing/token/driver-entry.ts'),
          // The thread that makes PDF files.
          paperwork: resolve(root, 'src-main/paperwork/worker.ts'),
          // The thread that hashes documents while they are taken in.
          hashing: resolve(root, 'src-main/storage/documents/hash-worker.ts'),
          // The threads that clean pages and read text from them.
          pages: resolve(root, 'src-main/capture/pages/worker.ts'),
          reading: resolve(root, 'src-main/capture/text/ocr-worker.ts'),
        },
        external: ['electron', /^node:/, external],
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    resolve: { alias },
    plugins: [eachOnItsOwn],
    build: {
      outDir: resolve(root, 'out/preload'),
      externalizeDeps: false,
      rollupOptions: {
        input: { bridge: resolve(root, 'src-preload/bridge.ts'), 'hall-bridge': resolve(root, 'src-preload/hall-bridge.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: resolve(root, 'src-renderer'),
    resolve: { alias },
    esbuild: { jsx: 'automatic' },
    plugins: [fontsWithPage],
    server: { host: '127.0.0.1', fs: { allow: [root] } },
    worker: { format: 'es' },
    build: {
      outDir: resolve(root, 'out/renderer'),
      minify: 'esbuild',
      // The content security policy allows no data: fonts and images beyond what it must.
      assetsInlineLimit: 0,
      rollupOptions: {
        input: { index: resolve(root, 'src-renderer/index.html'), print: resolve(root, 'src-renderer/print/index.html'), ...hallPages },
        // The sign-in takes a few of the shared parts; the list of them must not bring along the dialogs and their sheets.
        treeshake: { moduleSideEffects: (id) => !id.endsWith('/src-renderer/parts/index.ts') },
        // Each file is a way to the shell and back before the first picture.
        output: { experimentalMinChunkSize: 20_000 },
      },
    },
  },
})
