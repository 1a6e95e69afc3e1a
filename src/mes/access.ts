// Who may come in over the network: certificates that are trusted, those that are revoked, and the roles of identities. It changes
// while the gateway runs; what is said here is always of now.
import type { X509Certificate } from 'node:crypto';
import type { AccessRole } from '../core/access-role.ts';
import type { EpochMs } from '../core/units.ts';
import { identityIn } from './certificate-identity.ts';

export interface AccessRules {
  /** PEM: the certificate of the gateway, with intermediate ones after it. */
  readonly certificate: string;
  /** PEM. */
  readonly key: string;
  /** PEM: whoever signs clients. */
  readonly clientCa: string;
  /** PEM: lists of revoked certificates, one for each of `clientCa`; undefined: nothing is revoked. */
  readonly revocations: string | undefined;
  /** Serial numbers of revoked certificates, upper-case hexadecimal without leading zeros. */
  readonly revokedSerials: ReadonlySet<string>;
  readonly roles: ReadonlyMap<string, readonly AccessRole[]>;
}

export interface Identified {
  readonly identity: string;
  /** None for an identity that the file of roles does not name. */
  readonly roles: readonly AccessRole[];
}

/** What is in PEM between two lines of dashes. */
const CERTIFICATE = /-----BEGIN CERTIFICATE-----([^-]*)/g;

export class Access {
  readonly #listeners = new Set<() => void>();
  #rules: AccessRules;
  #authorities: ReadonlySet<string>;

  constructor(rules: AccessRules) {
    this.#rules = rules;
    this.#authorities = authoritiesIn(rules);
  }

  /** Those that clients are signed by, for `trusts`. */
  get authorities(): ReadonlySet<string> {
    return this.#authorities;
  }

  /** @param authorities of a handshake. @returns whether all of them would still be trusted: which one had signed is not known */
  trusts(authorities: ReadonlySet<string>): boolean {
    return authorities === this.#authorities || [...authorities].every((each) => this.#authorities.has(each));
  }

  get rules(): AccessRules {
    return this.#rules;
  }

  /** Takes effect for the next handshake and the next call; the listeners look after connections that are there. */
  replace(rules: AccessRules): void {
    this.#rules = rules;
    this.#authorities = authoritiesIn(rules);
    for (const listener of this.#listeners) listener();
  }

  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /**
   * Who a certificate is, that the handshake has found signed by `clientCa`.
   *
   * @returns undefined when it does not hold now: expired, not yet valid, revoked, or without a name
   */
  identify(certificate: X509Certificate, wall: EpochMs): Identified | undefined {
    const isOfNow = certificate.validFromDate.getTime() <= wall && wall < certificate.validToDate.getTime();
    if (!isOfNow || this.#rules.revokedSerials.has(plainSerial(certificate.serialNumber))) return undefined;
    const identity = identityIn(certificate);
    return identity === undefined ? undefined : { identity, roles: this.#rules.roles.get(identity) ?? [] };
  }
}

function authoritiesIn({ clientCa }: AccessRules): ReadonlySet<string> {
  return new Set([...clientCa.matchAll(CERTIFICATE)].map(([, bytes = '']) => bytes.replaceAll(/\s/g, '')));
}

/** @param serial hexadecimal, as OpenSSL writes it */
export function plainSerial(serial: string): string {
  return serial.toUpperCase().replace(/^0+(?=.)/, '');
}
