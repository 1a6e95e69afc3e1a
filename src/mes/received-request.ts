// Requests as bytes until they are handled, and what may become of them when they are unpacked.

import { randomUUID } from 'node:crypto';
import protobuf from 'protobufjs/minimal.js';
import { type MethodDefinition, WorkMasterServiceDefinition as WorkMasters } from '../../proto/generated/services.js';
import type { FieldViolation } from '../ports/service-refusal.ts';
import { PLAIN_REQUEST_BYTES_MAX, REQUEST_BYTES_MAX, REQUEST_FIELDS_MAX } from './door-limits.ts';
import { Violations } from './request-checks.ts';

/** A request that nobody has read yet. grpc-js holds it until the call is over, and read it can take a hundred times its bytes. */
export class ReceivedRequest {
  readonly bytes: Buffer;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }
}

/** A request that is not read, or cannot be; it is refused instead of handled. */
export class UnreadRequest {
  readonly violations: readonly FieldViolation[];

  /** @param why for people, where nothing is known of a field */
  constructor(why: string | readonly FieldViolation[]) {
    this.violations = typeof why === 'string' ? [{ field: '', description: why }] : why;
  }
}

type ReadMethod = Pick<
  MethodDefinition<never, unknown, never, unknown, boolean, boolean>,
  'path' | 'requestDeserialize'
>;

const WITH_WORK_MASTER: readonly string[] = [WorkMasters.checkWorkMaster.path, WorkMasters.submitWorkMasterDraft.path];

/** grpc-js answers bytes that do not decode with INTERNAL and nothing else: they are the caller's fault, and are told so. */
export function readRequest({ bytes }: ReceivedRequest, { path, requestDeserialize }: ReadMethod): unknown {
  const bytesMax = WITH_WORK_MASTER.includes(path) ? REQUEST_BYTES_MAX : PLAIN_REQUEST_BYTES_MAX;
  if (bytes.length > bytesMax)
    return new UnreadRequest(`given ${bytes.length} bytes; allowed: at most ${bytesMax} bytes`);
  const reader = new CheckingReader(bytes);
  try {
    const request = requestDeserialize(reader);
    return reader.hasMarked ? new UnreadRequest(markedIn(request)) : request;
  } catch (error) {
    if (error instanceof TooManyFieldsError) return new UnreadRequest(error.message);
    const reason = error instanceof Error ? error.message : String(error);
    return new UnreadRequest(`the bytes are not a message of the declared type: ${reason}`);
  }
}

class TooManyFieldsError extends Error {
  constructor() {
    super(`given more fields than ${REQUEST_FIELDS_MAX}, all levels together; allowed: at most ${REQUEST_FIELDS_MAX}`);
  }
}

/** In the place of a text that is not UTF-8. Nobody else has it. */
const MARK = randomUUID();

/** Stops where there are too many fields: an empty message of two bytes becomes an object of a hundred. Marks texts that are none. */
class CheckingReader extends protobuf.BufferReader {
  #fields = 0;
  #hasMarked = false;

  get hasMarked(): boolean {
    return this.#hasMarked;
  }

  override tag(): number {
    this.#fields += 1;
    if (this.#fields > REQUEST_FIELDS_MAX) throw new TooManyFieldsError();
    return super.tag();
  }

  override stringVerify(): string {
    try {
      return super.stringVerify();
    } catch (error) {
      // What ends before it should is a RangeError.
      if (!(error instanceof TypeError)) throw error;
      this.#hasMarked = true;
      return MARK;
    }
  }
}

function markedIn(request: unknown): readonly FieldViolation[] {
  const violations = new Violations();
  for (const field of marksIn(request, '')) violations.add(field, { allowed: 'text in UTF-8' });
  // Of what is sent twice the last counts: the one that is none is not in the message any more.
  if (violations.found.length === 0)
    violations.add('', { allowed: 'text in UTF-8, also in a field that is sent again' });
  return violations.found;
}

/** Places of texts that are none, in the words of the protos. */
function* marksIn(value: unknown, place: string): Generator<string> {
  if (value === MARK) yield place;
  else if (Array.isArray(value))
    for (const [index, each] of value.entries()) yield* marksIn(each, `${place}[${index}]`);
  else if (typeof value === 'object' && value !== null && !ArrayBuffer.isView(value)) {
    for (const [name, each] of Object.entries(value)) {
      const field = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
      yield* marksIn(each, place === '' ? field : `${place}.${field}`);
    }
  }
}
