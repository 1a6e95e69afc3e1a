// A process that listens and closes each connection at its first bytes: what an attacker costs a machine with no gateway on it.
import { type AddressInfo, createServer } from 'node:net';
import { takeLowPriority } from '../../src/app/process-priority.ts';

takeLowPriority();
const server = createServer((socket) => {
  socket.on('error', () => undefined);
  socket.once('data', () => socket.destroy());
});
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
process.on('disconnect', () => process.exit());
