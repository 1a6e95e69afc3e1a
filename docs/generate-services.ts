// Writes docs/reference/services/<package>.md from the protos. With `--check` it writes nothing and fails when a page is old.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { argv, execPath, exit, stderr, stdout } from 'node:process';
import { type FileDescriptor, pageOf } from './service-page.ts';

const PAGES = join(import.meta.dirname, 'reference', 'services');
const PROTOS = join(import.meta.dirname, '..', 'proto');
const BUF = join(dirname(createRequire(import.meta.url).resolve('@bufbuild/buf/package.json')), 'bin', 'buf');

function descriptors(): readonly FileDescriptor[] {
  const args = [BUF, 'build', '--as-file-descriptor-set', '-o', '-#format=json'];
  const text = execFileSync(execPath, args, { cwd: PROTOS, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  return (JSON.parse(text) as { readonly file: readonly FileDescriptor[] }).file;
}

/** Pages by file name. */
function pages(): ReadonlyMap<string, string> {
  const own = descriptors().filter((file) => file.package.startsWith('celda.'));
  const names = [...new Set(own.map((file) => file.package))];
  return new Map(
    names.map((name) => [
      `${name}.md`,
      pageOf(
        name,
        own.filter((file) => file.package === name),
      ),
    ]),
  );
}

function standing(name: string): string | undefined {
  const path = join(PAGES, name);
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

const all = pages();
if (!argv.includes('--check')) {
  mkdirSync(PAGES, { recursive: true });
  for (const [name, page] of all) writeFileSync(join(PAGES, name), page);
} else {
  const left = readdirSync(PAGES).filter((name) => !all.has(name));
  const old = [...[...all].filter(([name, page]) => standing(name) !== page).map(([name]) => name), ...left];
  if (old.length > 0) {
    stderr.write(`docs/reference/services is not what the protos say (${old.join(', ')}): run npm run generate\n`);
    exit(1);
  }
  stdout.write(`docs/reference/services is current: ${all.size} packages\n`);
}
