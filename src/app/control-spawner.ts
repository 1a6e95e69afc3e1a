// Starts control processes one after the other, and gives each what the one before has told of the orders that it had begun.
import { BegunOrders } from './begun-orders.ts';
import { forkChild } from './fork-child.ts';
import type { ChildHandle, ChildListener } from './kept-process.ts';
import type { ControlSettings } from './process-settings.ts';

/** @returns what starts the next control process */
export function controlSpawner(settings: Omit<ControlSettings, 'begun'>): (listener: ChildListener) => ChildHandle {
  const orders = new BegunOrders();
  return (listener) =>
    forkChild('control-process', { ...settings, begun: orders.list() } satisfies ControlSettings, {
      ended: (exit) => listener.ended(exit),
      message: (message) => {
        if (message.kind === 'begun') orders.note(message.order);
        listener.message(message);
      },
    });
}
