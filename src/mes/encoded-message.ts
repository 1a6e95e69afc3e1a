// Answers that are in bytes already: what many callers are told is put into bytes once.

const BYTES = Symbol('bytes of the message');
const NOTHING = new Uint8Array(0);

/** A message that nobody will look into before it is sent. @param parts one after the other they are its bytes */
export function encodedMessage(parts: readonly Uint8Array[]): object {
  const [first = NOTHING] = parts;
  return { [BYTES]: parts.length === 1 && Buffer.isBuffer(first) ? first : Buffer.concat(parts) };
}

/** Undefined: it is an ordinary message, which is not in bytes yet. */
export function bytesOfMessage(message: object): Buffer | undefined {
  return BYTES in message ? (message[BYTES] as Buffer) : undefined;
}
