// Goal: who asks for the bypasses of a cell that is not there is told what to do, and sees no stack.
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { withBypassClient } from '../../src/app/bypass-client.ts';
import { EXIT_CODES, OperatorError } from '../../src/app/operator-error.ts';

it('a cell file that does not exist is named, with exit code 2', async () => {
  const path = join(tmpdir(), 'celda-no-such-cell.yaml');
  const asked = withBypassClient(path, 'en', (client) => client.list());
  await expect(asked).rejects.toBeInstanceOf(OperatorError);
  await expect(asked).rejects.toMatchObject({
    message: `there is no file ${path}`,
    hint: 'name the file of the cell that runs: --cell <cell.yaml>',
    exitCode: EXIT_CODES.usage,
  });
});
