// Builds the board's program for every target from the portable core, and checks that the committed images are current.
//   node firmware-bridge/firmware/build.ts           builds images/ and its manifest
//   node firmware-bridge/firmware/build.ts --check   rebuilds beside it and compares byte for byte
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface Image {
  readonly target: string;
  readonly file: string;
  readonly firmwareVersion: string;
  readonly wireVersion: number;
  readonly bytes: number;
  readonly sha256: string;
  readonly compiler: string;
}

interface Target {
  readonly name: string;
  readonly file: string;
  readonly compiler: string;
  /** Commands that leave the image at `output`; run in the firmware's folder so that no absolute path gets into it. */
  commands(output: string, scratch: string): readonly (readonly string[])[];
}

const HERE = import.meta.dirname;
const IMAGES = join(HERE, 'images');
const WARNINGS = ['-Wall', '-Wextra', '-Werror'];
const LANGUAGE = ['-std=gnu++14', '-ffreestanding', '-fno-exceptions', '-ffunction-sections', '-fdata-sections'];

function sources(folder: string): readonly string[] {
  return readdirSync(join(HERE, folder))
    .filter((name) => name.endsWith('.cpp'))
    .sort()
    .map((name) => `${folder}/${name}`);
}

/** For which board the sources are compiled: see board-kind.hpp. */
type Kind = 'uno' | 'mega';

const DEFINES: Readonly<Record<Kind, readonly string[]>> = { uno: [], mega: ['-DCELDA_MEGA'] };
const CHIPS: Readonly<Record<Kind, string>> = { uno: 'atmega328p', mega: 'atmega2560' };

function wasm(name: string, kind: Kind): Target {
  return {
    name,
    file: `celda-${name}.wasm`,
    compiler: 'clang++',
    commands: (output) => [
      [
        'clang++',
        '--target=wasm32',
        ...LANGUAGE,
        ...WARNINGS,
        // The lock of the hardware layer has nothing to save on a machine without interrupts.
        '-Wno-unused-private-field',
        '-O2',
        '-fno-builtin',
        '-fno-rtti',
        '-nostdlib',
        '-Wl,--no-entry',
        '-Wl,--gc-sections',
        '-Wl,--strip-all',
        '-Wl,-z,stack-size=16384',
        ...DEFINES[kind],
        ...sources('core'),
        ...sources('targets/wasm'),
        '-o',
        output,
      ],
    ],
  };
}

/** An Uno has just the flash for it; a Mega has plenty, and with three times the outputs needs the speed. */
const OPTIMISE: Readonly<Record<Kind, string>> = { uno: '-Os', mega: '-O2' };

function avr(kind: Kind): Target {
  const name = `celda-${kind}`;
  return {
    name: kind,
    file: `${name}.hex`,
    compiler: 'avr-g++',
    commands: (output, scratch) => [
      [
        'avr-g++',
        `-mmcu=${CHIPS[kind]}`,
        '-DF_CPU=16000000UL',
        OPTIMISE[kind],
        // Across files and with short jumps: a sixth smaller, and no slower.
        '-flto',
        '-mrelax',
        ...LANGUAGE,
        ...WARNINGS,
        '-fno-rtti',
        '-fno-threadsafe-statics',
        '-Wl,--gc-sections',
        ...DEFINES[kind],
        ...sources('core'),
        ...sources('targets/avr'),
        ...sources(`targets/avr/${kind}`),
        '-o',
        join(scratch, `${name}.elf`),
      ],
      ['avr-objcopy', '-O', 'ihex', '-R', '.eeprom', join(scratch, `${name}.elf`), output],
    ],
  };
}

const TARGETS: readonly Target[] = [wasm('wasm', 'uno'), wasm('wasm-mega', 'mega'), avr('uno'), avr('mega')];

function versionConstant(name: string): number {
  const text = readFileSync(join(HERE, 'core/version.hpp'), 'utf8');
  const found = new RegExp(`${name} = (\\d+);`).exec(text);
  if (found === null) throw new Error(`core/version.hpp has no ${name}`);
  return Number(found[1]);
}

/** @returns the first line of `--version`, or undefined when the compiler is not installed. */
function compilerVersion(compiler: string): string | undefined {
  const run = spawnSync(compiler, ['--version'], { encoding: 'utf8' });
  return run.error === undefined && run.status === 0 ? run.stdout.split('\n')[0]?.trim() : undefined;
}

function build(target: Target, output: string, scratch: string): void {
  for (const [command = '', ...args] of target.commands(output, scratch)) {
    const run = spawnSync(command, args, { cwd: HERE, encoding: 'utf8' });
    if (run.status !== 0) throw new Error(`${command} failed for ${target.name}\n${run.stderr}`);
  }
}

function sha256(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}

function describe(target: Target, path: string, compiler: string): Image {
  const version = ['MAJOR', 'MINOR', 'PATCH'].map((part) => versionConstant(`FIRMWARE_${part}`)).join('.');
  return {
    target: target.name,
    file: target.file,
    firmwareVersion: version,
    wireVersion: versionConstant('WIRE_VERSION'),
    bytes: readFileSync(path).length,
    sha256: sha256(path),
    compiler,
  };
}

function withScratch(work: (folder: string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), 'celda-firmware-'));
  try {
    work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function buildAll(): void {
  mkdirSync(IMAGES, { recursive: true });
  const images = TARGETS.map((target) => {
    const compiler = compilerVersion(target.compiler);
    if (compiler === undefined) throw new Error(`${target.compiler} is not installed: see docs/reference/firmware.md`);
    const path = join(IMAGES, target.file);
    withScratch((scratch) => build(target, path, scratch));
    // Linkers mark what they make as executable, which an image is not on this machine.
    chmodSync(path, 0o644);
    const image = describe(target, path, compiler);
    console.log(`${image.file}  ${image.bytes} bytes  sha256 ${image.sha256}`);
    return image;
  });
  writeFileSync(join(IMAGES, 'manifest.json'), `${JSON.stringify({ images }, null, 2)}\n`);
}

function readManifest(): readonly Image[] {
  const manifest = JSON.parse(readFileSync(join(IMAGES, 'manifest.json'), 'utf8')) as { images: readonly Image[] };
  return manifest.images;
}

/** @returns what is wrong with the committed image, or undefined. Prints why a rebuild was not compared. */
function checkTarget(target: Target, images: readonly Image[]): string | undefined {
  const path = join(IMAGES, target.file);
  const image = images.find((candidate) => candidate.target === target.name);
  if (image === undefined) return `${target.file} is missing in the manifest`;
  if (sha256(path) !== image.sha256) return `${target.file} is not the image of the manifest`;
  const compiler = compilerVersion(target.compiler);
  if (compiler !== image.compiler) {
    const have = compiler === undefined ? 'is not installed' : `is "${compiler}", not "${image.compiler}"`;
    console.log(`${target.file}: ${target.compiler} ${have}; checked its sha256 only`);
    return undefined;
  }
  let problem: string | undefined;
  withScratch((scratch) => {
    const output = join(scratch, target.file);
    build(target, output, scratch);
    const rebuilt = describe(target, output, compiler);
    if (JSON.stringify(rebuilt) !== JSON.stringify(image)) {
      problem = `${target.file} is not what the sources give: run npm run firmware and commit the images`;
    }
  });
  if (problem === undefined) console.log(`${target.file}: current, rebuilt byte for byte`);
  return problem;
}

function checkAll(): void {
  const images = readManifest();
  for (const target of TARGETS) {
    const problem = checkTarget(target, images);
    if (problem === undefined) continue;
    console.error(problem);
    process.exitCode = 1;
  }
}

if (process.argv.includes('--check')) checkAll();
else buildAll();
