// Signs certificates (RFC 5280) and lists of revoked ones, ECDSA on P-256 with SHA-256. For development: a plant has its own authority.
import { createHash, createPublicKey, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { isIPv4 } from 'node:net';
import { bitString, element, integer, octetString, oid, sequence, setOf, TRUE, time, utf8 } from './der.ts';

const ECDSA_SHA256 = sequence(oid('1.2.840.10045.4.3.2'));
const OID = {
  commonName: '2.5.4.3',
  keyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  alternativeName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  crlNumber: '2.5.29.20',
  authorityKey: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
  server: '1.3.6.1.5.5.7.3.1',
  client: '1.3.6.1.5.5.7.3.2',
} as const;
const SERIAL_BYTES = 16;

/** A certificate with the key that it speaks for, both PEM. */
export interface KeyedCertificate {
  readonly certificate: string;
  readonly key: string;
}

export interface CertificateRequest {
  readonly commonName: string;
  readonly usage: 'authority' | 'server' | 'client';
  /** Addresses and host names of a server. */
  readonly hosts?: readonly string[];
  /** Of a client: who it is. */
  readonly uri?: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
}

/** Who signs: an authority that was made before; undefined: it signs itself. */
export interface Issuer {
  readonly commonName: string;
  readonly key: KeyObject;
}

/** Makes a key and signs a certificate for it. */
export function issue(request: CertificateRequest, issuer: Issuer | undefined): KeyedCertificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const signer = issuer ?? { commonName: request.commonName, key: privateKey };
  const serial = randomBytes(SERIAL_BYTES);
  const body = sequence(
    element(0xa0, integer(Buffer.from([2]))),
    integer(serial),
    ECDSA_SHA256,
    nameOf(signer.commonName),
    sequence(time(request.notBefore), time(request.notAfter)),
    nameOf(request.commonName),
    publicKey.export({ type: 'spki', format: 'der' }),
    element(0xa3, sequence(...extensionsOf(request, publicKey, signer.key))),
  );
  return {
    certificate: pem('CERTIFICATE', signed(body, signer.key)),
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

/**
 * A list of revoked certificates.
 *
 * @param serials hexadecimal
 */
export function revoke(serials: readonly string[], issuer: Issuer, thisUpdate: Date, nextUpdate: Date): string {
  const entries = serials.map((serial) => sequence(integer(bytesOf(serial)), time(thisUpdate)));
  const number = Buffer.alloc(8);
  number.writeBigUInt64BE(BigInt(thisUpdate.getTime()));
  const body = sequence(
    integer(Buffer.from([1])),
    ECDSA_SHA256,
    nameOf(issuer.commonName),
    time(thisUpdate),
    time(nextUpdate),
    ...(entries.length === 0 ? [] : [sequence(...entries)]),
    element(
      0xa0,
      sequence(extension(OID.authorityKey, authorityKey(issuer.key)), extension(OID.crlNumber, integer(number))),
    ),
  );
  return pem('X509 CRL', signed(body, issuer.key));
}

function bytesOf(serial: string): Buffer {
  return Buffer.from(serial.length % 2 === 0 ? serial : `0${serial}`, 'hex');
}

function signed(body: Buffer, key: KeyObject): Buffer {
  return sequence(body, ECDSA_SHA256, bitString(sign('sha256', body, key)));
}

function nameOf(commonName: string): Buffer {
  return sequence(setOf(sequence(oid(OID.commonName), utf8(commonName))));
}

function extensionsOf(request: CertificateRequest, publicKey: KeyObject, signer: KeyObject): readonly Buffer[] {
  const isAuthority = request.usage === 'authority';
  const names = alternativeNames(request);
  return [
    extension(OID.basicConstraints, isAuthority ? sequence(TRUE) : sequence(), true),
    // keyCertSign and cRLSign, or digitalSignature: bits 5 and 6, or bit 0, of RFC 5280, 4.2.1.3.
    extension(OID.keyUsage, isAuthority ? bitString(Buffer.from([0x06]), 1) : bitString(Buffer.from([0x80]), 7), true),
    ...(isAuthority
      ? []
      : [extension(OID.extendedKeyUsage, sequence(oid(request.usage === 'server' ? OID.server : OID.client)))]),
    ...(names.length === 0 ? [] : [extension(OID.alternativeName, sequence(...names))]),
    extension(OID.keyIdentifier, octetString(keyIdOf(publicKey))),
    extension(OID.authorityKey, authorityKey(signer)),
  ];
}

function alternativeNames({ hosts = [], uri }: CertificateRequest): readonly Buffer[] {
  const addresses = hosts.map((host) =>
    isIPv4(host)
      ? element(0x87, Buffer.from(host.split('.').map(Number)))
      : host === '::1'
        ? element(0x87, Buffer.from([...Array.from({ length: 15 }, () => 0), 1]))
        : element(0x82, Buffer.from(host, 'ascii')),
  );
  return [...(uri === undefined ? [] : [element(0x86, Buffer.from(uri, 'ascii'))]), ...addresses];
}

function extension(id: string, value: Buffer, isCritical = false): Buffer {
  return sequence(oid(id), ...(isCritical ? [TRUE] : []), octetString(value));
}

function authorityKey(key: KeyObject): Buffer {
  return sequence(element(0x80, keyIdOf(createPublicKey(key))));
}

/** Any identifier that is the same for the same key will do (RFC 5280, 4.2.1.2). */
function keyIdOf(key: KeyObject): Buffer {
  return createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest()
    .subarray(0, 20);
}

function pem(label: string, der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}
