import { describe, expect, it } from 'vitest'
import { sameTree } from '../../scripts/lib/dependencies.mjs'
import { decidedFuses } from '../../scripts/lib/fuses.mjs'
import { assertNodeVersion } from '../../scripts/lib/node-version.mjs'
import { bindingKind } from '../../scripts/lib/sqlite.mjs'

describe('which SQLite binding a runtime loads', () => {
  it.each([
    ['Node.js 20.20', '9', 'compiled'],
    ['Electron 33.2', '9', 'compiled'],
    ['Node.js 22.12', '9', 'compiled'],
    ['Node.js 22.14', '10', 'shipped'],
    ['Node.js 24', '10', 'shipped'],
    ['a later one', '11', 'shipped'],
  ])('%s with Node-API %s takes the %s one', (_runtime, napi, kind) => {
    expect(bindingKind({ napi })).toBe(kind)
  })

  it('a runtime that does not say takes the compiled one, because the shipped one would crash an old one', () => {
    expect(bindingKind({})).toBe('compiled')
  })
})

describe('the Node.js version', () => {
  it.each(['20.19.0', '20.20.2', '22.0.0', '24.21.0'])('%s is accepted', (version) => {
    expect(() => assertNodeVersion(version)).not.toThrow()
  })

  it.each(['18.20.4', '20.18.1', '19.9.0'])('%s is refused with what to do', (version) => {
    expect(() => assertNodeVersion(version)).toThrow(/Install a newer Node\.js/)
  })
})

describe('whether node_modules is what the lockfile asks for', () => {
  const locked = { 'node_modules/a': { version: '1.0.0', integrity: 'x' }, 'node_modules/b-win': { version: '1.0.0', integrity: 'y', optional: true } }

  it('yes, when only packages for other platforms are absent', () => {
    expect(sameTree(locked, { 'node_modules/a': { version: '1.0.0', integrity: 'x' } })).toBe(true)
  })

  it.each([
    ['nothing is installed', {}],
    ['a version differs', { 'node_modules/a': { version: '1.0.1', integrity: 'x' } }],
    ['the bytes differ', { 'node_modules/a': { version: '1.0.0', integrity: 'z' } }],
    ['a package is missing', { 'node_modules/b-win': { version: '1.0.0', integrity: 'y' } }],
    ['a package is left over', { 'node_modules/a': { version: '1.0.0', integrity: 'x' }, 'node_modules/c': { version: '1.0.0' } }],
  ])('no, when %s', (_why, installed) => {
    expect(sameTree(locked, installed)).toBe(false)
  })
})

describe('the fuses of a packed app', () => {
  const of = (platform: string, name: string) => decidedFuses(platform).find((fuse) => fuse.name === name)?.on

  it.each(['RunAsNode', 'EnableNodeOptionsEnvironmentVariable', 'EnableNodeCliInspectArguments', 'LoadBrowserProcessSpecificV8Snapshot', 'GrantFileProtocolExtraPrivileges'])('%s is off', (name) => {
    expect(of('win32', name)).toBe(false)
  })

  it.each(['EnableCookieEncryption', 'OnlyLoadAppFromAsar'])('%s is on', (name) => {
    expect(of('linux', name)).toBe(true)
  })

  it.each([['win32', true], ['darwin', true], ['linux', false]])('integrity of the archive on %s: %s', (platform, on) => {
    expect(of(platform, 'EnableEmbeddedAsarIntegrityValidation')).toBe(on)
  })
})
