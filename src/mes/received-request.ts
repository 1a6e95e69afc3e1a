// Requests as bytes until they are handled, and what may become of them when they are unpacked.

import protobuf from 'protobufjs/minimal.js';
import { type MethodDefinition, WorkMasterServiceDefinition as WorkMasters } from '../../proto/generated/services.js';
import { PLAIN_REQUEST_BYTES_MAX, REQUEST_BYTES_MAX, REQUEST_FIELDS_MAX } from './door-limits.ts';

/** A request that nobody has read yet. grpc-js holds it until the call is over, and read it can take a hundred times its bytes. */
export class ReceivedRequest {
  readonly bytes: Buffer;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }
}

/** A request that is not read, or cannot be; it is refused instead of handled. */
export class UnreadRequest {
  /** Why, for people. */
  readonly description: string;

  constructor(description: string) {
    this.description = description;
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
  try {
    return requestDeserialize(new CountingReader(bytes));
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

/** Stops where there are too many: an empty message of two bytes becomes an object of a hundred. */
class CountingReader extends protobuf.BufferReader {
  #fields = 0;

  override tag(): number {
    this.#fields += 1;
    if (this.#fields > REQUEST_FIELDS_MAX) throw new TooManyFieldsError();
    return super.tag();
  }
}
