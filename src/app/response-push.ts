// The MES that takes job responses, as the command line names it: the client that the gateway pushes through.
import { JobResponseReceiverServiceDefinition as RECEIVER } from '../../proto/generated/services.js';
import { type CallFailure, GrpcClient } from '../client/grpc-client.ts';
import { err } from '../core/result.ts';
import type { GatewayPush } from '../mes/gateway.ts';
import type { PushedState } from '../mes/pushed-states.ts';
import { ATTEMPT_MS, type DeliveryFailure, type ResponseReceiver, readReceipt } from '../mes/response-outbox.ts';
import { shorten } from '../mes/status-details.ts';
import { type ClientTlsPaths, readClientTls } from './access/client-tls.ts';
import { OperatorError } from './operator-error.ts';
import { plainText } from './plain-text.ts';

export interface PushSettings {
  /** `host:port` where JobResponseReceiverService is served. */
  readonly address: string;
  readonly states: readonly PushedState[];
  /** Without paths it is plain text, and only on this machine. */
  readonly tls: ClientTlsPaths;
}

/** Codes that say nothing about the response: the receiver is away, is busy, or does not let this cell in. */
const OF_RECEIVER: ReadonlySet<string> = new Set([
  'CANCELLED',
  'DEADLINE_EXCEEDED',
  'PERMISSION_DENIED',
  'RESOURCE_EXHAUSTED',
  'UNAUTHENTICATED',
  'UNAVAILABLE',
  'UNIMPLEMENTED',
]);

/** What the gateway is given for it, but for chance. */
export function createPush(settings: PushSettings): Omit<GatewayPush, 'random'> {
  return { receiver: createReceiver(settings), states: settings.states };
}

/** Certificates are read again after a failure, so that new ones are taken without a restart. */
export function createReceiver({ address, tls }: Pick<PushSettings, 'address' | 'tls'>): ResponseReceiver {
  let client: GrpcClient | undefined;
  const drop = (): void => {
    client?.close();
    client = undefined;
  };
  return {
    address,
    deliver: async (request, signal) => {
      try {
        client ??= new GrpcClient(address, readClientTls(tls));
      } catch (error) {
        if (!(error instanceof OperatorError)) throw error;
        return err({ cause: error.message, isOfReceiver: true });
      }
      // Whoever asks has its own clock for the end of an attempt; this is for a clock that stands.
      const answer = await client.call(RECEIVER.receiveJobResponse, request, { timeoutMs: 3 * ATTEMPT_MS, signal });
      if (answer.ok) return readReceipt(answer.value.isa95ReturnStatus);
      drop();
      return err(failureOf(answer.error));
    },
    close: drop,
  };
}

function failureOf({ status, message }: CallFailure): DeliveryFailure {
  const cause = message === '' ? status : `${status}: ${shorten(plainText(message))}`;
  return { cause, isOfReceiver: OF_RECEIVER.has(status) };
}
