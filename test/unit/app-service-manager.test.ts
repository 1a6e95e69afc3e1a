import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../../sim/kernel/virtual-clock.ts';
import { createServiceManager } from '../../src/app/service-manager.ts';

function manage(environment: Record<string, string>) {
  const clock = new VirtualClock();
  const told: string[] = [];
  const service = createServiceManager(environment, clock, (args) => told.push(args.slice(1).join(' ')));
  return { clock, told, service };
}

describe('systemd', () => {
  it('is told of ready and stopping', () => {
    const { service, told } = manage({ NOTIFY_SOCKET: '/run/systemd/notify' });
    service.ready('all well');
    service.stopping();
    expect(told).toEqual(['--ready --status=all well', 'STOPPING=1 --status=stopping']);
  });

  it('[P13] gets its watchdog fed twice per period, from signs of life only', async () => {
    const { clock, service, told } = manage({ NOTIFY_SOCKET: '/run/systemd/notify', WATCHDOG_USEC: '4000000' });
    for (let second = 0; second < 8; second += 1) {
      service.alive();
      await clock.advance(1_000);
    }
    expect(told).toEqual(['WATCHDOG=1', 'WATCHDOG=1', 'WATCHDOG=1', 'WATCHDOG=1']);
  });

  it('is told nothing when it did not start the cell', () => {
    const { service, told } = manage({ WATCHDOG_USEC: '4000000' });
    service.ready('');
    service.alive();
    expect(told).toEqual([]);
  });
});
