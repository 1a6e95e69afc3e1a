// The reference of the job interface: a bare grpc-js server that answers every call with the same bytes.
import { Server, ServerCredentials } from '@grpc/grpc-js';
import { helperArgument, sayReady, tell } from './child.ts';

export const ECHO_PATH = '/bench.Echo/Get';

function bytes(value: Buffer): Buffer {
  return value;
}

function serve(replyBytes: number): void {
  const reply = Buffer.alloc(replyBytes, 0x55);
  const server = new Server();
  const get = {
    path: ECHO_PATH,
    requestStream: false,
    responseStream: false,
    requestSerialize: bytes,
    requestDeserialize: bytes,
    responseSerialize: bytes,
    responseDeserialize: bytes,
  };
  server.addService(
    { get },
    { get: (_: unknown, answer: (error: null, value: Buffer) => void) => answer(null, reply) },
  );
  server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, port) => {
    if (error !== null) throw error;
    sayReady();
    process.on('message', () => tell({ kind: 'port', port }));
  });
}

if (import.meta.main) serve((helperArgument() as { readonly replyBytes: number }).replyBytes);
