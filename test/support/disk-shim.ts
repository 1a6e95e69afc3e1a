// Builds the shim that stands between a process and its disk, and runs processes behind it.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Operations that are to fail, or to be slow. */
export interface DiskRule {
  readonly operation: 'write' | 'sync' | 'none';
  /** Linux number; 0: it succeeds. */
  readonly errno: number;
  readonly delayMs: number;
}

/** Numbers of Linux. */
export const ERRNO = { EIO: 5, ENOSPC: 28, EROFS: 30 } as const;

export const DISK_WORKS: DiskRule = { operation: 'none', errno: 0, delayMs: 0 };

/** What to say where there is no compiler. */
export const SHIM_NOTICE = 'skipped: no C compiler for the disk shim (apt-get install gcc libc6-dev)';

let built: string | undefined | null = null;

/** Path of the shared object; undefined where it cannot be built (no compiler, or not Linux). */
export function diskShim(): string | undefined {
  if (built === null) built = build();
  if (built === undefined) process.stderr.write(`disk-shim: ${SHIM_NOTICE}\n`);
  return built;
}

function build(): string | undefined {
  if (process.platform !== 'linux') return undefined;
  const path = join(mkdtempSync(join(tmpdir(), 'celda-shim-')), 'disk-shim.so');
  const source = join(import.meta.dirname, 'disk-shim.c');
  for (const compiler of ['cc', 'gcc', 'clang']) {
    const { status } = spawnSync(compiler, ['-O1', '-shared', '-fPIC', '-o', path, source, '-ldl', '-lpthread']);
    if (status === 0) return path;
  }
  return undefined;
}

export interface ShimPlace {
  /** What is watched: every path that begins so. */
  readonly folder: string;
  /** Where operations are recorded. */
  readonly log?: string;
  /** Where the rule is read. */
  readonly rule?: string;
}

export function shimEnvironment(shim: string, { folder, log, rule }: ShimPlace): NodeJS.ProcessEnv {
  return {
    ...process.env,
    LD_PRELOAD: shim,
    CELDA_SHIM_DIR: folder,
    ...(log !== undefined && { CELDA_SHIM_LOG: log }),
    ...(rule !== undefined && { CELDA_SHIM_RULE: rule }),
  };
}

export function setRule(path: string, { operation, errno, delayMs }: DiskRule): void {
  writeFileSync(path, `${operation} ${errno} ${delayMs}\n`);
}
