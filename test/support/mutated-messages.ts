// Messages of every method that takes one, with bytes changed, cut, doubled and put in: sent to a gateway that has to answer each.
import * as grpc from '@grpc/grpc-js';
import {
  CellServiceDefinition as Cell,
  HealthDefinition as Health,
  JobOrderReceiverServiceDefinition as Jobs,
} from '../../proto/generated/services.js';
import { createRandom } from '../../sim/kernel/random.ts';
import { decodeStatus, STATUS_DETAILS_KEY } from '../../src/client/status-details.ts';

const SEEDS: readonly (readonly [string, Buffer])[] = [
  [
    Jobs.storeAndStartJobOrder.path,
    Jobs.storeAndStartJobOrder.requestSerialize({
      requestId: 'r-1',
      jobOrder: {
        jobOrderId: 'order-1',
        workMasterId: 'pick',
        priority: 7,
        parameters: [
          { id: 'count', value: { doubleValue: 3 } },
          { id: 'note', value: { stringValue: 'a' } },
        ],
      },
    }),
  ],
  [Jobs.listJobOrders.path, Jobs.listJobOrders.requestSerialize({ pageSize: 10, pageToken: 'abc' })],
  [Jobs.getJobOrder.path, Jobs.getJobOrder.requestSerialize({ jobOrderId: 'order-1' })],
  [Cell.acknowledgeAlarm.path, Cell.acknowledgeAlarm.requestSerialize({ epoch: 'e1', alarmNumber: 3, owner: 'ana' })],
  [Health.check.path, Health.check.requestSerialize({ service: 'celda.cell.v1.CellService' })],
];

/** What a caller may be told for a message, wrong or right; anything else is a defect. */
const FINE = new Set<number>([0, 3, 5, 6, 8, 9, 14]);
const AT_ONCE = 32;
/** So many in a row that were not read, and nobody reads any more. */
const UNREAD_MAX = 2_000;
const PAUSE_MS = 20;

/**
 * Sends until so many have been read: a message that is refused for the number of calls before it is no test of how it is read.
 * @returns what was answered as no message may be: path, bytes and status; empty when all is well
 */
export async function sendMutated(
  client: grpc.Client,
  { seed, times }: { readonly seed: number; readonly times: number },
): Promise<readonly string[]> {
  const random = createRandom(seed).stream('mutations');
  const below = (limit: number): number => random.nextUint32() % limit;
  const wrong: string[] = [];
  let [begun, unread] = [0, 0];
  const sendAll = async (): Promise<void> => {
    while (begun < times && unread < UNREAD_MAX) {
      begun += 1;
      const [path, message] = SEEDS[below(SEEDS.length)] ?? ['', Buffer.alloc(0)];
      const bytes = mutate(message, below);
      const { code, isRead } = await send(client, path, bytes);
      if (!FINE.has(code)) wrong.push(`${path} ${bytes.toString('hex')} ${grpc.status[code]}`);
      if (isRead) unread = 0;
      else {
        begun -= 1;
        unread += 1;
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, sendAll));
  if (unread >= UNREAD_MAX) wrong.push(`nobody reads any more after ${begun} messages`);
  return wrong;
}

function mutate(message: Buffer, below: (limit: number) => number): Buffer {
  let bytes = Buffer.from(message);
  for (let change = 0; change <= below(4); change += 1) {
    const at = below(bytes.length + 1);
    switch (below(5)) {
      case 0:
        if (at < bytes.length) bytes.writeUInt8(below(256), at);
        break;
      case 1:
        bytes = bytes.subarray(0, at);
        break;
      case 2:
        bytes = Buffer.concat([bytes, bytes.subarray(at)]);
        break;
      case 3:
        bytes = Buffer.concat([bytes.subarray(0, at), Buffer.from([0xff, 0xff, below(256)]), bytes.subarray(at)]);
        break;
      default:
        if (at < bytes.length) bytes.writeUInt8(bytes.readUInt8(at) ^ (1 << below(8)), at);
    }
  }
  return bytes;
}

interface Answer {
  readonly code: number;
  /** It was not refused for the number of calls, nor with its connection. */
  readonly isRead: boolean;
}

function send(client: grpc.Client, path: string, bytes: Buffer): Promise<Answer> {
  return new Promise((resolve) => {
    const same = (value: Buffer): Buffer => value;
    client.makeUnaryRequest(path, same, same, bytes, (error) => {
      if (error === null) resolve({ code: 0, isRead: true });
      else resolve({ code: error.code, isRead: ![8, 14].includes(error.code) || hasReason(error) });
    });
  });
}

function hasReason({ metadata }: grpc.ServiceError): boolean {
  const details = metadata.get(STATUS_DETAILS_KEY)[0];
  const reason = details instanceof Uint8Array ? decodeStatus(details)?.reason : undefined;
  return reason !== undefined && reason !== '' && reason !== 'CALLS_TOO_MANY';
}
