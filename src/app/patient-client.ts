// A connection to a cell for commands that people and scripts give: a gateway that is being started again is waited for.
import type { MethodDefinition } from '../../proto/generated/services.js';
import {
  type CallFailure,
  type CallLimits,
  type CallOutcome,
  type ClientTls,
  GrpcClient,
} from '../client/grpc-client.ts';
import { delayBefore, mayRepeat, pause, retryPolicy } from '../client/retry.ts';
import { mayComeTwice, withRequestId } from '../client/service-methods.ts';

/** No repetition begins later than this after the first attempt, ms; a gateway that died serves again in 2 s. */
export const PATIENCE_MS = 4_000;

const POLICY = retryPolicy({ repeatMsMax: PATIENCE_MS, delayMsMax: 500 });

export class PatientClient extends GrpcClient {
  readonly #onWait: (why: CallFailure) => void;

  /** @param onWait told once for each call that has to be repeated */
  constructor(address: string, tls: ClientTls | undefined, onWait: (why: CallFailure) => void) {
    super(address, tls);
    this.#onWait = onWait;
  }

  /** A repetition has the request id of the first attempt, so that nothing is done twice. The outcome is that of the last attempt. */
  override async call<RequestIn, RequestOut, ResponseIn, ResponseOut>(
    method: MethodDefinition<RequestIn, RequestOut, ResponseIn, ResponseOut, false, false>,
    request: RequestIn,
    limits: CallLimits = {},
  ): Promise<CallOutcome<ResponseOut>> {
    const named = withRequestId(method, request);
    const begun = performance.now();
    for (let attempt = 1; ; attempt += 1) {
      const answer = await super.call(method, named, limits);
      if (answer.ok || !mayRepeat(answer.error) || !mayComeTwice(method, named)) return answer;
      const delayMs = delayBefore(attempt, POLICY, answer.error);
      const isLate = performance.now() - begun + delayMs > POLICY.repeatMsMax;
      if (isLate || limits.signal?.aborted === true) return answer;
      if (attempt === 1) this.#onWait(answer.error);
      await pause(delayMs, limits.signal);
    }
  }
}
