// New connections of one address: so many at once, the others one after the other, and no more than a few that wait.
import { describe, expect, it } from 'vitest';
import { Arrivals } from '../../src/mes/arrivals.ts';

const LIMITS = { rate: { burst: 3, perSecond: 10 }, waitingMax: 2 } as const;

describe('connections of one address', () => {
  it('come in at once up to the burst, wait for their turn, and are refused beyond that', () => {
    const arrivals = new Arrivals(LIMITS);
    const waits = Array.from({ length: 7 }, () => arrivals.arrived('10.0.0.7', 1_000));
    expect(waits).toEqual([0, 0, 0, 100, 200, undefined, undefined]);
  });

  it('that were refused do not count', () => {
    const arrivals = new Arrivals(LIMITS);
    for (let count = 0; count < 50; count += 1) arrivals.arrived('10.0.0.7', 0);
    expect(arrivals.arrived('10.0.0.7', 200)).toBe(100);
  });

  it('are too many once one more would be refused, and no sooner', () => {
    const arrivals = new Arrivals(LIMITS);
    const isFull = Array.from({ length: 6 }, () => {
      const wasFull = arrivals.isFull('10.0.0.7', 0);
      arrivals.arrived('10.0.0.7', 0);
      return wasFull;
    });
    expect(isFull).toEqual([false, false, false, false, false, true]);
    expect([99, 100].map((nowMs) => arrivals.isFull('10.0.0.7', nowMs))).toEqual([true, false]);
  });

  it('come in at once again as time goes by', () => {
    const arrivals = new Arrivals(LIMITS);
    for (let count = 0; count < 3; count += 1) arrivals.arrived('10.0.0.7', 0);
    expect([100, 100, 1_000, 1_000, 1_000, 1_000].map((nowMs) => arrivals.arrived('10.0.0.7', nowMs))).toEqual([
      0, 100, 0, 0, 0, 100,
    ]);
  });
});

describe('connections of other addresses', () => {
  it('do not wait for them', () => {
    const arrivals = new Arrivals(LIMITS);
    for (let count = 0; count < 6; count += 1) arrivals.arrived('10.0.0.7', 0);
    expect(arrivals.arrived('10.0.0.8', 0)).toBe(0);
  });

  it('count as one beyond 1,024, until others have not come for a while', () => {
    const arrivals = new Arrivals(LIMITS);
    for (let address = 0; address < 1_024; address += 1) arrivals.arrived(`10.1.${address}`, 0);
    const late = Array.from({ length: 6 }, (_, address) => arrivals.arrived(`10.2.${address}`, 0));
    expect(late).toEqual([0, 0, 0, 100, 200, undefined]);
    const later = ['10.2.5', '10.2.5', '10.2.5', '10.2.5', '10.2.6'].map((address) => arrivals.arrived(address, 1_000));
    expect(later).toEqual([0, 0, 0, 100, 0]);
  });
});

describe('connections over IPv6', () => {
  const waitsOf = (addresses: readonly string[]): readonly (number | undefined)[] => {
    const arrivals = new Arrivals(LIMITS);
    return addresses.map((address) => arrivals.arrived(address, 0));
  };

  it('of one /64 count as those of one address, however they are written', () => {
    const waits = waitsOf([
      '2001:db8:0:7::1',
      '2001:db8:0:7::2',
      '2001:db8:0:7:1:2:3:4',
      '2001:db8:0:7:a::',
      '2001:db8:0:7::',
    ]);
    expect(waits).toEqual([0, 0, 0, 100, 200]);
  });

  it('are full for all of a /64, and for no other', () => {
    const arrivals = new Arrivals(LIMITS);
    for (let host = 1; host <= 5; host += 1) arrivals.arrived(`2001:db8:0:7::${host}`, 0);
    const isFull = ['2001:db8:0:7:ffff::1', '2001:db8:0:8::1', '2001:db8::7:0:0:0:1', '2001:db8::6:0:0:0:1'].map(
      (address) => arrivals.isFull(address, 0),
    );
    expect(isFull).toEqual([true, false, true, false]);
  });

  it('are told apart by the /64, by the zone of a link, and from others beside the loopback address', () => {
    const addresses = [
      '2001:db8::1',
      '2001:db9::1',
      '2001:db8:0:1::1',
      '2001:0:db8::1',
      '::1',
      'fe80::1%eth0',
      'fe80::1%eth1',
    ];
    expect(waitsOf(addresses.flatMap((address) => [address, address, address]))).toEqual(
      addresses.flatMap(() => [0, 0, 0]),
    );
    expect(waitsOf(['fe80::1%eth0', 'fe80::2%eth0', 'fe80::3%eth0', 'fe80::4%eth0'])).toEqual([0, 0, 0, 100]);
  });

  it('that map addresses of IPv4 are told apart by those', () => {
    const one = ['::ffff:10.0.0.7', '10.0.0.7', '::ffff:10.0.0.7', '::ffff:10.0.0.7'];
    expect(waitsOf([...one, '::ffff:10.0.0.8'])).toEqual([0, 0, 0, 100, 0]);
  });
});
