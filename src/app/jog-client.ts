// A client that jogs: keeps the token, and asks on one stream at a time.
import { celda } from '../../proto/generated/celda.js';
import { JogServiceDefinition as METHODS, type Received } from '../../proto/generated/services.js';
import type { CallOutcome, ClientTls, Exchange } from '../client/grpc-client.ts';
import { ServiceClient } from '../client/service-client.ts';
import type { JogSpeeds } from '../core/jog.ts';
import { ok } from '../core/result.ts';

type Request = Parameters<(typeof METHODS)['jog']['requestSerialize']>[0];
type Response = Received<celda.cell.v1.JogResponse>;

/** What keeps joints from moving; `none`: they follow. */
export type JogWaiting = 'none' | 'enabling' | 'rest';

export class JogClient extends ServiceClient {
  readonly #owner: string;
  #exchange: Exchange<Request, Response> | undefined;
  #token = '';

  /**
   * @param address `host:port` of a cell's gateway
   * @param owner who jogs, 1 to 64 characters
   * @param tls undefined: plain text, for a cell on this machine
   */
  constructor(address: string, owner: string, tls?: ClientTls) {
    super(address, tls);
    this.#owner = owner;
  }

  /**
   * Says what shall be from now on; to be called again within 50 ms of its answer for as long as joints shall move, and never
   * before. After a failure the next call begins anew, and moves nothing.
   * @param speeds percent by joint; joints that are not named rest
   */
  async ask(speeds: JogSpeeds): Promise<CallOutcome<JogWaiting>> {
    this.#exchange ??= this.grpc.exchange(METHODS.jog);
    const answer = await this.#exchange.ask({
      owner: this.#owner,
      token: this.#token,
      speeds: Object.entries(speeds).map(([joint, speedPercent]) => ({ joint, speedPercent })),
    });
    this.#token = answer.ok ? answer.value.token : '';
    if (answer.ok) return ok(waitingOf(answer.value.waitsFor));
    this.rest();
    return answer;
  }

  /** Ends the jog at once, the end of all that it is for. */
  override close(): void {
    this.rest();
    super.close();
  }

  /** Ends the jog at once; the next call begins anew. */
  rest(): void {
    this.#exchange?.end();
    this.#exchange = undefined;
  }
}

const { JogWait } = celda.cell.v1;

function waitingOf(wait: celda.cell.v1.JogWait): JogWaiting {
  if (wait === JogWait.JOG_WAIT_NONE) return 'none';
  return wait === JogWait.JOG_WAIT_REST ? 'rest' : 'enabling';
}
