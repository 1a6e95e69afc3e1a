// Certificates in PEM, and whether a key belongs to one.
import { createPrivateKey, X509Certificate } from 'node:crypto';

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g;

/** @throws Error of OpenSSL for what is no certificate */
export function certificatesIn(pem: string): readonly X509Certificate[] {
  return [...pem.matchAll(CERTIFICATE)].map(([each]) => new X509Certificate(each));
}

/** @returns why the key in the file is not that of the certificate, in the words of an operator; undefined: it is */
export function keyTrouble(
  certificate: X509Certificate,
  key: string,
  keyPath: string,
): Record<'en' | 'es', string> | undefined {
  const isOfKey = isKeyOf(certificate, key);
  if (isOfKey === undefined) {
    return {
      en: `${keyPath} is no private key (PEM, without a passphrase)`,
      es: `${keyPath} no es una clave privada (PEM, sin contraseña)`,
    };
  }
  if (isOfKey) return undefined;
  return { en: `${keyPath} is not the key of this certificate`, es: `${keyPath} no es la clave de este certificado` };
}

/** @returns undefined for what is no private key */
function isKeyOf(certificate: X509Certificate, key: string): boolean | undefined {
  try {
    return certificate.checkPrivateKey(createPrivateKey(key));
  } catch {
    return undefined;
  }
}
