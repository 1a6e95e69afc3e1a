// Where job responses are pushed to, as the command line says it.
import { Command, CommanderError } from 'commander';
import { describe, expect, it } from 'vitest';
import { OperatorError } from '../../src/app/operator-error.ts';
import { type PushOptions, pushTo, withPush } from '../../src/cli/push-options.ts';

function parse(...args: readonly string[]): PushOptions {
  const command = withPush(new Command('run').exitOverride().configureOutput({ writeErr: () => undefined }));
  return command.parse([...args], { from: 'user' }).opts<PushOptions>();
}

const push = (...args: readonly string[]) => pushTo(parse(...args));
const TLS = ['--push-ca', 'ca.crt', '--push-cert', 'cell.crt', '--push-key', 'cell.key'] as const;

describe('the options to push job responses', () => {
  it('push nothing when there are none', async () => {
    expect(await push()).toBe(undefined);
  });

  it.each(['127.0.0.1:50070', '[::1]:50070', 'localhost:50070'])('take %s in plain text', async (address) => {
    expect(await push('--push-to', address)).toEqual({ address, states: ['Ended', 'Aborted'], tls: {} });
  });

  it('take the states that are wanted', async () => {
    expect((await push('--push-to', 'localhost:1', '--push-states', 'Aborted'))?.states).toEqual(['Aborted']);
    expect((await push('--push-to', 'localhost:1', '--push-states', 'Aborted, Ended'))?.states).toHaveLength(2);
  });

  it.each(['mes', ':1', 'mes:0', 'mes:65536', 'mes:x', '::1:50070', ''])('refuse the address "%s"', (address) => {
    expect(() => parse('--push-to', address)).toThrow(CommanderError);
  });

  it.each(['Running', 'Ended,', ''])('refuse the states "%s"', (states) => {
    expect(() => parse('--push-to', 'localhost:1', '--push-states', states)).toThrow(CommanderError);
  });

  it.each<readonly [string, readonly string[]]>([
    ['plain text to another machine', ['--push-to', 'mes.example:50070']],
    ['a part of what TLS needs', ['--push-to', 'mes.example:50070', ...TLS.slice(2)]],
    ['files that are not there', ['--push-to', 'mes.example:50070', ...TLS]],
    ['files and no address', TLS],
  ])('refuse %s', async (_, args) => {
    await expect(push(...args)).rejects.toBeInstanceOf(OperatorError);
  });
});
