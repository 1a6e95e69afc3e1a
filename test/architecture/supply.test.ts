// Goal: what comes from elsewhere is what was looked at, and nothing comes in as a definition while the cell runs.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');

interface LockedPackage {
  readonly version?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly dev?: boolean;
  readonly hasInstallScript?: boolean;
}

const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');
const lock = JSON.parse(read('package-lock.json')) as { readonly packages: Readonly<Record<string, LockedPackage>> };
const own = JSON.parse(read('package.json')) as Readonly<
  Record<'dependencies' | 'devDependencies', Readonly<Record<string, string>>>
>;
const locked = Object.entries(lock.packages).filter(([path]) => path !== '');

function sources(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(ts|js)$/.test(file) && !file.includes('node_modules') && !file.endsWith('.d.ts'))
    .map((file) => join(folder, file));
}

describe('what comes from elsewhere', () => {
  it('is of an exact version with a checksum [X6]', () => {
    const versions = Object.values({ ...own.dependencies, ...own.devDependencies });
    expect(versions.filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
    expect(locked.length).toBeGreaterThan(100);
    const unchecked = locked.filter(([, each]) => each.link !== true && each.integrity === undefined);
    expect(unchecked.map(([path]) => path)).toEqual([]);
  });

  it('runs no script at install but that of the serial port, in what is delivered [X6]', () => {
    const scripted = locked.filter(([, each]) => each.hasInstallScript === true && each.dev !== true);
    expect(scripted.map(([path]) => path.replace('node_modules/', ''))).toEqual([
      expect.stringContaining('proto-loader/node_modules/protobufjs'),
      '@serialport/bindings-cpp',
    ]);
  });

  it('has the versions of the gRPC library in which known attacks are mended [X6]', () => {
    const versionOf = (name: string): number[] =>
      (lock.packages[`node_modules/${name}`]?.version ?? '0.0.0').split('.').map(Number);
    expect(versionOf('@grpc/grpc-js')).toEqual([1, 14, expect.toSatisfy((patch: number) => patch >= 4)]);
    expect(versionOf('protobufjs')[0]).toBeGreaterThanOrEqual(8);
  });

  it('reads no definition of messages while the cell runs [X5]', () => {
    const files = [...sources('src'), ...sources('sim'), ...sources('proto/generated')];
    expect(files.length).toBeGreaterThan(300);
    const loading =
      /proto-loader|protobuf(js)?\.(load|parse|loadSync)\b|Root\.fromDescriptor|from 'protobufjs'|\.proto['"]\)/;
    expect(files.filter((file) => loading.test(read(file)))).toEqual([]);
  });
});
