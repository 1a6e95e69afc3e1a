// The name that a client's certificate gives it: the first URI of its alternative names, else its common name.
import type { X509Certificate } from 'node:crypto';

/** Names go into logs, the file of roles and the audit trail: nothing that could be taken for something else there. */
const IDENTITY = /^[A-Za-z0-9][A-Za-z0-9:._@/+-]{0,127}$/;

/** `URI:` at the beginning of an element; Node quotes an element with special characters as JSON does (CVE-2021-44532). */
const ELEMENT = /([A-Za-z ]+):("(?:[^"\\]|\\.)*"|[^,]*)(?:, |$)/gy;

/** @returns undefined when the certificate names nobody, or in characters that no name has here */
export function identityIn(certificate: Pick<X509Certificate, 'subject' | 'subjectAltName'>): string | undefined {
  const name = uriIn(certificate.subjectAltName ?? '') ?? commonNameIn(certificate.subject);
  return name !== undefined && name !== 'local' && IDENTITY.test(name) ? name : undefined;
}

function uriIn(names: string): string | undefined {
  for (const [, kind, value = ''] of names.matchAll(ELEMENT)) {
    if (kind === 'URI') return value;
  }
  return undefined;
}

/** One attribute a line; a certificate with two common names names nobody. */
function commonNameIn(subject: string): string | undefined {
  const names = subject.split('\n').filter((line) => line.startsWith('CN='));
  return names.length === 1 ? names[0]?.slice('CN='.length) : undefined;
}
