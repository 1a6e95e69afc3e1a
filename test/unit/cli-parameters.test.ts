import { describe, expect, it } from 'vitest';
import type { InputView } from '../../src/app/simulation-client.ts';
import { inputsNamed } from '../../src/cli/operator.ts';
import { collectPair, collectPort, readPort, readSeed } from '../../src/cli/options.ts';
import { typedParameters } from '../../src/cli/parameters.ts';

const DECLARED = [
  { id: 'count', type: 'integer', unit: '1', hasDefault: true },
  { id: 'speed', type: 'number', unit: '%', hasDefault: true },
  { id: 'dry', type: 'boolean', unit: '', hasDefault: true },
  { id: 'label', type: 'string', unit: '', hasDefault: true },
] as const;

describe('parameters of a job order', () => {
  it.each([
    ['count', '3', 3],
    ['speed', '12.5', 12.5],
    ['speed', '-1e2', -100],
    ['dry', 'true', true],
    ['dry', 'false', false],
    ['label', '42', '42'],
    ['label', 'true', 'true'],
    ['unknown', '7', 7],
    ['unknown', 'true', true],
    ['unknown', 'x', 'x'],
  ])('%s=%s reads as the work master declares it', (id, text, value) => {
    expect(typedParameters({ [id]: text }, DECLARED)).toEqual({ [id]: value });
  });

  it.each([
    ['count', 'three'],
    ['count', ''],
    ['count', '0x10'],
    ['dry', '1'],
  ])('%s=%s goes to the cell as text, which answers what it allows', (id, text) => {
    expect(typedParameters({ [id]: text }, DECLARED)).toEqual({ [id]: text });
  });

  it('does not hide a number that is not finite from the cell', () => {
    expect(typedParameters({ speed: 'NaN' }, DECLARED)).toEqual({ speed: Number.NaN });
    expect(typedParameters({ speed: 'Infinity' }, DECLARED)).toEqual({ speed: Number.POSITIVE_INFINITY });
  });
});

describe('options', () => {
  it('keep everything after the first equals sign', () => {
    expect(collectPair('uno-1=tcp://host:1?a=b', {})).toEqual({ 'uno-1': 'tcp://host:1?a=b' });
  });

  it.each(['x', '=1', ''])('refuse what is no pair: %s', (text) => {
    expect(() => collectPair(text, {})).toThrow('expected name=value');
  });

  it('refuse a board whose port is empty', () => {
    expect(collectPort('uno-1=/dev/ttyACM0', {})).toEqual({ 'uno-1': '/dev/ttyACM0' });
    expect(() => collectPort('uno-1=', {})).toThrow('expected board=port');
  });

  it('refuse an address without a port, before anything is asked there', () => {
    expect(collectPort('uno-1=tcp://[::1]:4000', {})).toEqual({ 'uno-1': 'tcp://[::1]:4000' });
    for (const bad of ['tcp://host', 'tcp:host:1', 'tcp://host:x', 'tcp://:1x']) {
      expect(() => collectPort(`uno-1=${bad}`, {})).toThrow('expected tcp://host:port');
    }
  });

  it.each(['-1', '65536', '1.5', '', '0x1', ' 1'])('refuse what is no port: "%s"', (text) => {
    expect(() => readPort(text)).toThrow('expected a port');
  });

  it('take the ends of a range', () => {
    expect([readPort('0'), readPort('65535'), readSeed('4294967295')]).toEqual([0, 65_535, 4_294_967_295]);
    expect(() => readSeed('4294967296')).toThrow('expected a whole number');
  });
});

describe('inputs of a simulation', () => {
  const inputs = ['estop-a', 'estop-b', 'reset-button', 'reset', 'estopper'].map(
    (device): InputView => ({
      device,
      description: '',
      kind: 'digital',
      value: 0,
      unit: '',
      min: 0,
      max: 1,
      overridden: false,
    }),
  );
  const named = (name: string): string[] => inputsNamed(name, inputs).map(({ device }) => device);

  it('are found by name, or by the words that names begin with', () => {
    expect(named('estop')).toEqual(['estop-a', 'estop-b']);
    expect(named('estop-a')).toEqual(['estop-a']);
    expect(named('reset')).toEqual(['reset']);
  });

  it('are listed when none has that name', () => {
    expect(() => named('est')).toThrow('no input est');
  });
});
