import { kenc, kmac, kpi, mrzPaceSeed, mrzSeed } from '../../../src-main/identity/chip/kdf'
import { octets, same, type VectorCheck } from '../chip/script'

/** Key derivation of ICAO 9303-11: appendix D.1–D.2, and the MRZ and session keys of G.1, G.2, H and I. */
const SEEDS = [
  { name: 'D.2, TD3', information: 'L898902C<369080619406236', seed: '239AB9CB282DAF66231DC5A4DF6BFBAE' },
  { name: 'D.1, TD1 with the number overflowing', information: 'D23145890734934071279507122', seed: 'B366AD857DDCA2B08C0E299811714730' },
] as const

const PACE_SECRETS = [
  { name: 'G', information: 'T22000129364081251010318', secret: '7E2D2A41C74EA0B38CD36F863939BFA8E9032AAD', kpi: '89DED1B26624EC1E634C1989302849DD' },
] as const

const SESSIONS = [
  {
    name: 'D.2', cipher: '3DES', secret: '239AB9CB282DAF66231DC5A4DF6BFBAE',
    enc: 'AB94FDECF2674FDFB9B391F85D7F76F2', mac: '7962D9ECE03D1ACD4C76089DCE131543',
  },
  {
    name: 'D.3', cipher: '3DES', secret: '0036D272F5C350ACAC50C3F572D23600',
    enc: '979EC13B1CBFE9DCD01AB0FED307EAE5', mac: 'F1CB1F1FB5ADF208806B89DC579DC1F8',
  },
  {
    name: 'G.1', cipher: 'AES-128', secret: '28768D20701247DAE81804C9E780EDE582A9996DB4A315020B2733197DB84925',
    enc: 'F5F0E35C0D7161EE6724EE513A0D9A7F', mac: 'FE251C7858B356B24514B3BD5F4297D1',
  },
  {
    name: 'H.1', cipher: 'AES-128', secret: '4F150FDE1D4F0E38E95017B891BAE17133A0DF45B0D3E18B60BA7BEAFDC2C713',
    enc: '0D3FEB33251A6370893D62AE8DAAF51B', mac: 'B01E89E3D9E8719E586B50B4A7506E0B',
  },
] as const

export const vectorChecks: VectorCheck[] = [
  ...SEEDS.map(({ name, information, seed }) => ({ name: `seed of the MRZ (9303-11 ${name})`, run: () => same(mrzSeed(information), seed) })),
  ...PACE_SECRETS.map(({ name, information, secret, kpi: key }) => ({
    name: `PACE's key of the MRZ (9303-11 ${name})`,
    run: () => {
      same(mrzPaceSeed(information), secret)
      same(kpi(mrzPaceSeed(information), 'AES-128'), key)
    },
  })),
  ...SESSIONS.map(({ name, cipher, secret, enc, mac }) => ({
    name: `session keys (9303-11 ${name})`,
    run: () => {
      same(kenc(octets(secret), cipher), enc)
      same(kmac(octets(secret), cipher), mac)
    },
  })),
]
