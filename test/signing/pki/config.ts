/** What `openssl ca` and `openssl ts` are told. `base` is the address of the servers, which the certificates name. */
export const configuration = (base: string): string => `[req]
distinguished_name = dn
prompt = no
utf8 = yes
string_mask = utf8only
[dn]
C = VN
[anything]
countryName = optional
commonName = supplied
[root_ca]
new_certs_dir = .
database = root-index.txt
serial = root-serial
default_md = sha256
default_days = 3650
default_crl_days = 30
policy = anything
certificate = root.pem
private_key = root.key
[issuing_ca]
new_certs_dir = .
database = index.txt
serial = serial
default_md = sha256
default_days = 2000
default_crl_days = 7
policy = anything
certificate = issuing.pem
private_key = issuing.key
email_in_dn = yes
copy_extensions = none
[root]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
[issuing]
basicConstraints = critical,CA:TRUE,pathlen:0
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
crlDistributionPoints = URI:${base}/root.crl
authorityInfoAccess = caIssuers;URI:${base}/root.cer
[tsa]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
crlDistributionPoints = URI:${base}/issuing.crl
authorityInfoAccess = OCSP;URI:${base}/ocsp,caIssuers;URI:${base}/issuing.cer
[ocsp]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,OCSPSigning
noCheck = ignored
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[tsa_config]
serial = tsa-serial
crypto_device = builtin
signer_digest = sha256
default_policy = 1.3.6.1.4.1.99999.1
digests = sha256,sha384,sha512
accuracy = secs:1
ordering = no
tsa_name = yes
ess_cert_id_chain = no
ess_cert_id_alg = sha256
`

/** Extensions of a signer (signing.md §2): with where to ask for its state, unless it names nothing. */
export const userExtensions = (base: string, { keyUsage, extendedKeyUsage, addresses }: Readonly<{ keyUsage: string; extendedKeyUsage: string | null; addresses: 'both' | 'crl' | 'none' }>): string => [
  '[user]', 'basicConstraints = critical,CA:FALSE', `keyUsage = critical,${keyUsage}`,
  ...(extendedKeyUsage === null ? [] : [`extendedKeyUsage = ${extendedKeyUsage}`]),
  'subjectKeyIdentifier = hash', 'authorityKeyIdentifier = keyid', 'certificatePolicies = 1.3.6.1.4.1.99999.2',
  ...(addresses === 'none' ? [] : [`crlDistributionPoints = URI:${base}/issuing.crl`]),
  ...(addresses === 'none' ? [] : [`authorityInfoAccess = ${addresses === 'both' ? `OCSP;URI:${base}/ocsp,` : ''}caIssuers;URI:${base}/issuing.cer`]),
  '',
].join('\n')
