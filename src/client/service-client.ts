// What every client of one of the cell's services is: a connection with an address and an end.
import { type ClientTls, GrpcClient } from './grpc-client.ts';

export abstract class ServiceClient {
  protected readonly grpc: GrpcClient;

  /**
   * @param address `host:port` of a cell's gateway
   * @param tls undefined: plain text, for a cell on this machine
   * @param grpc how calls are made, when not each once
   */
  constructor(address: string, tls?: ClientTls, grpc: GrpcClient = new GrpcClient(address, tls)) {
    this.grpc = grpc;
  }

  get address(): string {
    return this.grpc.address;
  }

  /** Resolves when somebody serves the address, or false after `timeoutMs`. */
  waitUntilReachable(timeoutMs: number): Promise<boolean> {
    return this.grpc.waitUntilReachable(timeoutMs);
  }

  /** Ends calls that stand too. */
  close(): void {
    this.grpc.close();
  }
}
