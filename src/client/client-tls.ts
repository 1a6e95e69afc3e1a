// What a client trusts, and what it shows.

/** PEM. What a client trusts, and what it shows; the gateway of a cell takes no client that shows nothing. */
export interface ClientTls {
  /** Whoever has signed the gateway. */
  readonly ca: string;
  readonly certificate: string;
  readonly key: string;
}
