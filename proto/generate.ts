// Turns the .proto files into what runs: static codecs, service definitions, and raw descriptors for reflection.
// `node proto/generate.ts` writes proto/generated; with `--check` it writes nothing, lints, and fails on any
// difference and on what would break clients of the last release. With `--release` it makes of what is written the last release.
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { exit, stderr } from 'node:process';
import { serviceModule, serviceTypes } from './generate-services.ts';

const PROTO_ROOT = import.meta.dirname;
const GENERATED = join(PROTO_ROOT, 'generated');
/** Descriptors of the last release: what clients out there were made from. A release moves it with `--release`. */
const RELEASED = 'released/celda.binpb';
const require = createRequire(import.meta.url);

const BUF = join(dirname(require.resolve('@bufbuild/buf/package.json')), 'bin/buf');
const PBJS = join(dirname(require.resolve('protobufjs-cli/package.json')), 'bin/pbjs');

function runTool(script: string, args: readonly string[]): void {
  execFileSync(process.execPath, [script, ...args], { cwd: PROTO_ROOT, stdio: ['ignore', 'inherit', 'inherit'] });
}

function protoFiles(): readonly string[] {
  return readdirSync(PROTO_ROOT, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.proto'))
    .map((path) => path.replaceAll('\\', '/'))
    .sort();
}

/** Drops what generators leave at line ends, so that the output passes whitespace checks. */
function tidy(text: string): string {
  return text.replace(/[ \t]+$/gm, '');
}

/** Drops the documentation blocks of the codecs, half of their size: the declarations carry the same. */
function withoutDocs(text: string): string {
  return text.replace(/^ *\/\*\*[\s\S]*?\*\/\n/gm, '').replace(/\n{3,}/g, '\n\n');
}

/** Takes the class Long from the declarations that ES modules see: its other declarations are another class to checkers. */
function withModuleLong(text: string): string {
  return text.replace('import Long = require("long");', 'import Long from "long";');
}

function rewrite(path: string, change: (text: string) => string): void {
  writeFileSync(path, change(readFileSync(path, 'utf8')));
}

/** Writes all generated files to `outDir`; equal sources give equal bytes. */
function generate(outDir: string): void {
  const descriptors = join(outDir, 'descriptors.bin');
  runTool(BUF, ['build', '--as-file-descriptor-set', '--exclude-source-info', '-o', `${descriptors}#format=binpb`]);
  const codecs = join(outDir, 'celda.js');
  runTool(PBJS, [
    ...['--target', 'static-module', '--wrap', 'esm', '--dts', '--null-semantics', '--force-long'],
    ...[
      '--dependency',
      'protobufjs/minimal.js',
      '--no-verify',
      '--no-delimited',
      '--no-service',
      '--no-create',
      '--no-convert',
      '--no-typeurl',
    ],
    ...['--path', PROTO_ROOT, '--out', codecs, ...protoFiles().map((path) => join(PROTO_ROOT, path))],
  ]);
  const set = readFileSync(descriptors);
  writeFileSync(join(outDir, 'services.js'), serviceModule(set));
  writeFileSync(join(outDir, 'services.d.ts'), serviceTypes(set));
  rewrite(codecs, (text) => withoutDocs(tidy(text)));
  rewrite(join(outDir, 'celda.d.ts'), (text) => withModuleLong(tidy(text)));
}

function differences(freshDir: string): readonly string[] {
  const names = new Set([...readdirSync(freshDir), ...readdirSync(GENERATED)]);
  const bytes = (dir: string, name: string): Buffer | undefined =>
    readdirSync(dir).includes(name) ? readFileSync(join(dir, name)) : undefined;
  return [...names].filter((name) => {
    const fresh = bytes(freshDir, name);
    const standing = bytes(GENERATED, name);
    return fresh === undefined || standing === undefined || !fresh.equals(standing);
  });
}

function check(): number {
  runTool(BUF, ['lint']);
  runTool(BUF, ['format', '--diff', '--exit-code']);
  runTool(BUF, ['breaking', '--against', RELEASED]);
  const fresh = mkdtempSync(join(tmpdir(), 'celda-proto-'));
  try {
    generate(fresh);
    const stale = differences(fresh);
    if (stale.length === 0) return 0;
    stderr.write(`proto/generated is not current: ${stale.join(', ')}; run \`npm run generate\`\n`);
    return 1;
  } finally {
    rmSync(fresh, { recursive: true });
  }
}

if (process.argv.includes('--check')) {
  exit(check());
} else {
  mkdirSync(GENERATED, { recursive: true });
  generate(GENERATED);
  if (process.argv.includes('--release')) copyFileSync(join(GENERATED, 'descriptors.bin'), join(PROTO_ROOT, RELEASED));
}
