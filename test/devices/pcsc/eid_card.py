# Test-only eMRTD chip of another maker for the virtual reader of vsmartcard (vpcd). File system, APDU parser, DES and BAC come from
# python3-virtualsmartcard, PACE and its secure messaging from libeac3 (OpenPACE), both GPL-3+: this file stays in the test tree and is in no
# package of the program. Run with the system's python. It is told what to do by lines on its standard input and answers each with a line:
#   load {"dir": …, options}   another card, of files named by hexadecimal file id: 011C.bin 011E.bin 0101.bin 0102.bin 010D.bin …
#   in | out                   puts the card on the reader, takes it off
#   count                      how many APDUs it has seen since it was loaded
import sys, os, json, hashlib, select, socket, struct, time, ctypes as C
sys.path[:0] = ['/usr/lib/python3/site-packages/virtualsmartcard']          # Debian installs it outside sys.path
import Cryptodome.Cipher, Cryptodome.Hash
for n in ('', '.Cipher', '.Hash'): sys.modules['Crypto' + n] = sys.modules['Cryptodome' + n]
import virtualsmartcard.CryptoUtils as vc
from virtualsmartcard.utils import C_APDU
from virtualsmartcard.TLVutils import unpack
from virtualsmartcard.SWutils import SwError, SW
from virtualsmartcard.SmartcardFilesystem import MF, DF, TransparentStructureEF
from virtualsmartcard.SmartcardSAM import SAM as BaseSAM
from virtualsmartcard.cards import ePass
from virtualsmartcard import VirtualSmartcard as VS, CardGenerator as CG
OPTIONS = {
    'can': '123456',
    'no_mf': False,          # SELECT MF answers 6D00 and there is no EF.CardAccess, as seen on Vietnamese cards
    'bac_fail_sw': '6300',
    'max_le': 65536,         # longer reads answer 6700
    'delay_ms': 0,           # a chip without contacts takes 10 to 30 ms an APDU
    'drop_after': 0,         # leaves the field after so many APDUs, until it is put back
}
ATR = bytes.fromhex('3B8880014D4F54435541') + b'\x00\x00'
ATR += bytes([__import__('functools').reduce(lambda x, y: x ^ y, ATR[1:])])
vc.operation_on_string = lambda x, y, op: bytes(op(p, q) for p, q in zip(x, y))
_cc = vc.crypto_checksum
vc.crypto_checksum = lambda algo, key, data, iv=None, ssc=None: _cc(algo, key, data if ssc is None else (ssc & (1 << 64) - 1).to_bytes(8, 'big') + data, iv, None)
def tlv(t, v):
    n = len(v); h = '%x' % t
    return bytes.fromhex(h if len(h) % 2 == 0 else '0' + h) + (bytes([n]) if n < 128 else bytes([0x81, n]) if n < 256 else b'\x82' + n.to_bytes(2, 'big')) + v
class BacSM:                                                                 # retail MAC / 3DES secure messaging on vicc's primitives
    def __init__(s, se): s.se = se
    def inc(s): pass                                                         # vicc counts inside its checksum
    def pad(s, d): return vc.append_padding(8, d)
    def mac(s, d): return s.se.compute_cryptographic_checksum(0x8E, 0x80, d)
    def enc(s, d): return s.se.encipher(0x82, 0x80, d)
    def dec(s, d): return vc.strip_padding(8, s.se.decipher(0x87, 0x80, d))
L = C.CDLL('libeac.so.3')
class BUF(C.Structure): _fields_ = [('length', C.c_size_t), ('data', C.POINTER(C.c_ubyte)), ('max', C.c_size_t), ('flags', C.c_ulong)]
for n in ('PACE_STEP1_enc_nonce PACE_STEP3A_generate_mapping_data PACE_STEP3B_generate_ephemeral_key PACE_STEP3D_compute_authentication_token '
          'EAC_encrypt EAC_decrypt EAC_authenticate EAC_add_iso_pad EAC_remove_iso_pad').split(): getattr(L, n).restype = C.POINTER(BUF)
L.EAC_CTX_new.restype = L.PACE_SEC_new.restype = C.c_void_p; L.EAC_init()
def mk(b): arr = (C.c_ubyte * max(1, len(b))).from_buffer_copy(b or b'\0'); x = BUF(len(b), C.cast(arr, C.POINTER(C.c_ubyte)), len(b), 0); x.keep = arr; return C.byref(x), x
def by(p):
    if not p: raise RuntimeError('libeac refused')
    return bytes(p.contents.data[:p.contents.length])
class Pace:                                                                  # also is the secure messaging after success
    def __init__(s, card_access, secret, kind):
        s.ctx = C.c_void_p(L.EAC_CTX_new()); s.step = 0
        assert L.EAC_CTX_init_ef_cardaccess(card_access, C.c_size_t(len(card_access)), s.ctx) == 1
        s.sec = C.c_void_p(L.PACE_SEC_new(secret, C.c_size_t(len(secret)), kind)); assert s.sec
    def general_authenticate(s, d):
        inner = unpack(d)[0][2]; v = inner[0][2] if inner else None; st = s.step; s.step += 1; w = lambda t, x: tlv(0x7c, tlv(t, x))
        if st == 0: return w(0x80, by(L.PACE_STEP1_enc_nonce(s.ctx, s.sec)))
        r, s.keep = mk(v)
        if st == 1: my = by(L.PACE_STEP3A_generate_mapping_data(s.ctx)); assert L.PACE_STEP3A_map_generator(s.ctx, r) == 1; return w(0x82, my)
        if st == 2: my = by(L.PACE_STEP3B_generate_ephemeral_key(s.ctx)); s.opp = (r, s.keep); assert L.PACE_STEP3B_compute_shared_secret(s.ctx, r) == 1; return w(0x84, my)
        assert L.PACE_STEP3C_derive_keys(s.ctx) == 1; tok = by(L.PACE_STEP3D_compute_authentication_token(s.ctx, s.opp[0]))
        assert L.PACE_STEP3D_verify_authentication_token(s.ctx, r) == 1 and L.EAC_CTX_set_encryption_ctx(s.ctx, 0) == 1
        L.EAC_reset_ssc(s.ctx); return w(0x86, tok)
    def inc(s): L.EAC_increment_ssc(s.ctx)
    def pad(s, d): r, k = mk(d); return by(L.EAC_add_iso_pad(s.ctx, r))
    def mac(s, d): r, k = mk(d); return by(L.EAC_authenticate(s.ctx, r))
    def enc(s, d): r, k = mk(s.pad(d)); return by(L.EAC_encrypt(s.ctx, r))
    def dec(s, d): r, k = mk(d); return by(L.EAC_remove_iso_pad(L.EAC_decrypt(s.ctx, r)))

def key_information(dg1):
    mrz = dg1[dg1.index(b'\x5f\x1f') + 3:]
    return mrz, mrz[44:54] + mrz[57:64] + mrz[65:72] if len(mrz) == 88 else mrz[5:15] + mrz[30:37] + mrz[38:45]     # TD3 : TD1
class SAM(ePass.PassportSAM):
    def __init__(s, m, information):
        BaseSAM.__init__(s, None, None, m, default_se=ePass.ePass_SE); s.KSeed = hashlib.sha1(information).digest()[:16]; s.KEnc = s.derive_key(s.KSeed, 1); s.KMac = s.derive_key(s.KSeed, 2)
class Lifted(Exception): pass
class Card(VS.Iso7816OS):
    def __init__(s, folder, **options):
        s.a = type('Options', (), {**OPTIONS, **options}); s.sm = s.pace = None; s.count = 0
        s.master = MF(); s.app = DF(parent=s.master, fid=4, dfname=bytes.fromhex('A0000002471001'), bertlv_data=[]); s.files = {}
        for f in sorted(os.listdir(folder)):
            if f.lower().endswith('.bin'):
                fid = int(f[:4], 16); s.files[fid] = d = open(os.path.join(folder, f), 'rb').read(); parent = s.master if fid in (0x11c, 0x2f00) else s.app
                if not (s.a.no_mf and parent is s.master): parent.append(TransparentStructureEF(parent=parent, fid=fid, filedescriptor=0, shortfid=fid & 0x1f, data=d))
        s.master.append(s.app); s.mrz, s.information = key_information(s.files[0x101])
        s.card_sam = SAM(s.master, s.information); super().__init__(s.master, s.card_sam)
    def clear(s): s.sm = s.pace = None; s.card_sam.current_SE = ePass.ePass_SE(s.master, s.card_sam); s.master.current = s.master
    powerUp = reset = powerDown = clear
    def plain(s, c):
        ins, app = c.ins, s.master.current is s.app or getattr(s.master.current, 'parent', None) is s.app
        if s.a.no_mf and ins == 0xa4 and c.p1 == 0: return b'', 0x6d00
        if ins in (0xb0, 0xa4) and app and not s.sm and not (ins == 0xa4 and c.p1 in (0, 4)): return b'', 0x6982
        if ins == 0x22 and (c.p1, c.p2) == (0xc1, 0xa4):
            if 0x11c not in s.files or s.a.no_mf: return b'', 0x6d00
            do = {t: v for t, _, v in unpack(c.data)}; can = do.get(0x83, b'\1')[0] == 2
            s.pace = Pace(s.files[0x11c], s.a.can.encode() if can else s.mrz, 2 if can else 1); return b'', 0x9000
        if ins == 0x86 and s.pace and not s.sm:
            try: r = s.pace.general_authenticate(c.data)
            except (AssertionError, RuntimeError): s.pace = None; return b'', 0x6300
            if s.pace.step == 4: s.sm = s.pace
            return r, 0x9000
        if ins == 0x82:
            try: sw, r = s.card_sam.external_authenticate(c.p1, c.p2, c.data)
            except SwError: return b'', int(s.a.bac_fail_sw, 16)
            s.sm = BacSM(s.card_sam.current_SE); return r, sw
        if ins not in (0xa4, 0xb0, 0x84): return b'', 0x6d00
        le = getattr(c, 'want', None)
        if le is None: le = {None: 0}.get(c.effective_Le, c.effective_Le)
        if ins == 0xb0 and le > s.a.max_le: return b'', 0x6700
        try: sw, r = s.ins2handler[ins](c.p1, c.p2, c.data)
        except SwError as e: return b'', e.sw
        if ins == 0xb0: sw, r = (0x6282 if le > len(r) and le < 256 else sw), r[:le]
        return r, sw
    def execute(s, msg):
        m = bytes(msg); s.count += 1; time.sleep(s.a.delay_ms / 1000)
        if s.a.drop_after and s.count > s.a.drop_after: s.a.drop_after = 0; raise Lifted
        try: c = C_APDU(m)
        except ValueError: return b'\x67\0'
        if not (m[0] & 0x0c) == 0x0c:
            if s.sm: s.sm = s.pace = None; s.card_sam.current_SE = ePass.ePass_SE(s.master, s.card_sam)           # plain command ends the session
            r, sw = s.plain(c); return r + sw.to_bytes(2, 'big')
        if not s.sm: return b'\x69\x82'
        k = s.sm; k.inc(); auth = b''; cg = le = mac = None
        for t, _, v in unpack(c.data):
            if t & 1: auth += tlv(t, v)
            if t == 0x87: cg = v[1:]
            elif t == 0x97: le = int.from_bytes(v, 'big') or (256 if len(v) == 1 else 65536)
            elif t == 0x8e: mac = v
        if k.mac(k.pad(k.pad(m[:4]) + auth) if auth else k.pad(m[:4])) != mac: s.sm = None; return b'\x69\x88'
        x = C_APDU(cla=m[0] & 0xf3, ins=m[1], p1=m[2], p2=m[3], data=k.dec(cg) if cg else b''); x.want = le or 0
        r, sw = s.plain(x); k.inc()
        out = (tlv(0x87, b'\x01' + k.enc(r)) if r else b'') + tlv(0x99, sw.to_bytes(2, 'big'))
        out += tlv(0x8e, k.mac(k.pad(out))); return out + sw.to_bytes(2, 'big')
class Slot:                                                                  # vpcd's protocol: two bytes of length, then 0 off, 1 on, 2 reset, 4 ATR, or an APDU
    def __init__(s, port): s.port = port; s.sock = None; s.card = None
    def put(s):
        s.take(); s.sock = socket.create_connection(('127.0.0.1', s.port)); s.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1); s.card.clear()
    def take(s):
        if s.sock: s.sock.close(); s.sock = None
    def some(s, n):
        got = b''
        while len(got) < n:
            part = s.sock.recv(n - len(got))
            if not part: raise OSError('reader gone')
            got += part
        return got
    def say(s, answer): s.sock.sendall(struct.pack('!H', len(answer)) + answer)
    def serve(s):
        try:
            message = s.some(struct.unpack('!H', s.some(2))[0])
            if len(message) == 1 and message[0] in (0, 1, 2): s.card.clear()
            elif message == b'\x04': s.say(ATR)
            elif message: s.say(s.card.execute(message))
        except (OSError, Lifted): s.take()
    def order(s, line):
        word, _, rest = line.partition(' ')
        if word == 'load': o = json.loads(rest); s.card = Card(o.pop('dir'), **o)
        elif word == 'in': s.put()
        elif word == 'out': s.take()
        return str(s.card.count) if word == 'count' else 'ok'
slot = Slot(int(sys.argv[1])); pending = b''
print('ready', flush=True)
while True:
    ready, _, _ = select.select([0] + ([slot.sock] if slot.sock else []), [], [])
    if slot.sock in ready: slot.serve(); continue
    more = os.read(0, 65536)
    if not more: break
    pending += more
    while b'\n' in pending:
        line, pending = pending.split(b'\n', 1)
        try: print(slot.order(line.decode()), flush=True)
        except Exception as error: print('failed ' + repr(error), flush=True)
