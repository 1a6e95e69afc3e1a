// Writes docs/reference/blocks/: a page for each safety function block from its interface and its transitions. With `--check` it
// writes nothing and fails when a page is old.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { argv, exit, stderr, stdout } from 'node:process';
import type { BlockInterface } from '../src/core/block-interface.ts';
import { blockInterface, SAFETY_BLOCKS, type SafetyBlockType } from '../src/core/safety-blocks.ts';
import { BLOCK_MACHINES } from '../src/safety/blocks.ts';
import { blockFlags } from '../src/safety/function-block.ts';
import { conditionSource, conditionText } from './condition-text.ts';

const FOLDER = join(import.meta.dirname, 'reference', 'blocks');
const TYPES = Object.keys(SAFETY_BLOCKS) as SafetyBlockType[];

/** SF_MutingPar_2Sensor -> muting-par-2sensor.md */
function fileOf(type: string): string {
  const words = type
    .slice('SF_'.length)
    .replaceAll('_', '-')
    .replaceAll(/(?<=[a-z])(?=[A-Z])/g, '-');
  return `${words.toLowerCase()}.md`;
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line), ''].join('\n');
}

function section(title: string, header: readonly string[], rows: readonly (readonly string[])[]): string {
  return rows.length === 0 ? '' : `## ${title}\n\n${table(header, rows)}`;
}

const yesNo = (value: boolean): string => (value ? 'yes' : 'no');
const codes = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ');

function inputs({ signals, drives, reset }: BlockInterface): string {
  const rows = Object.entries(signals).map(([key, { lane, isOptional, whenUnread, cell, description }]) => [
    `\`${key}\``,
    lane,
    yesNo(!isOptional),
    whenUnread ? 'TRUE' : 'FALSE',
    codes(cell.map((status) => `cell.${status}`)) || '-',
    description,
  ]);
  const wishes = Object.entries(drives)
    .filter(([, { isGate }]) => isGate)
    .map(([key]) => [
      `\`${key}\``,
      'process',
      'yes',
      'FALSE',
      '-',
      'What the cycle wants for the output that it drives',
    ]);
  const button = 'A press counts only where the state asks for it. While it cannot be read it is no press.';
  const resets = reset === undefined ? [] : [[`\`${reset}\``, 'safe', 'yes', 'FALSE', '-', button]];
  const header = ['input', 'lane', 'must be wired', 'unread counts as', 'status of the cell', 'meaning'];
  return section('Inputs', header, [...rows, ...wishes, ...resets]);
}

function parameters({ times, flags }: BlockInterface): string {
  const rows = [
    ...Object.entries(times).map(([key, { minMs, maxMs, description }]) => [
      `\`${key}\``,
      `${minMs} to ${maxMs} ms`,
      description,
    ]),
    ...Object.entries(flags).map(([key, { whenMissing, description }]) => [
      `\`${key}\``,
      `\`true\` or \`false\`; \`${String(whenMissing)}\` when missing`,
      description,
    ]),
  ];
  return section('Parameters', ['key', 'range', 'meaning'], rows);
}

function outputs({ outputs: all, drives }: BlockInterface): string {
  const rows = Object.entries(all).map(([name, { lane, trueIn, choice, needs, latches, description }]) => [
    `\`${name}\``,
    lane,
    `${codes(trueIn)}${choice === undefined ? '' : `, with mode ${choice} selected`}`,
    codes(needs) || '-',
    yesNo(latches),
    description,
  ]);
  const driven = Object.entries(drives).map(([key, { output, isGate, description }]) => [
    `\`${key}\``,
    `\`${output}\``,
    isGate ? 'only while the cycle wants it too' : 'follows the block alone',
    description,
  ]);
  return [
    section(
      'Outputs',
      ['output', 'lane', 'TRUE in', 'never TRUE without', 'needs a reset to come back', 'meaning'],
      rows,
    ),
    section('Digital outputs that it drives', ['key', 'by', 'how', 'meaning'], driven),
  ].join('\n');
}

function states(type: SafetyBlockType): string {
  const rows = BLOCK_MACHINES[type].codes.map((code) => {
    const { error, safetyDemand, resetRequest } = blockFlags(code);
    const shown = [error ? 'error' : '', safetyDemand ? 'demand' : '', resetRequest ? 'reset asked for' : ''];
    const text = blockInterface(type).states[code];
    return [`\`${code}\``, shown.filter((flag) => flag !== '').join(', ') || '-', text?.en ?? '', text?.es ?? ''];
  });
  return section('States', ['code', 'shows', 'meaning', 'significado'], rows);
}

function transitions(type: SafetyBlockType): string {
  const { codes: all, transitions: pairs } = BLOCK_MACHINES[type];
  const rows = all.flatMap((code) => {
    const ways = pairs.filter(([from]) => from === code);
    if (ways.length === 0) return [[`\`${code}\``, '-', 'left only by a start with other parameters']];
    return ways.map(([from, to, when]) => [`\`${from}\``, `\`${to}\``, conditionText(when).replaceAll('|', '\\|')]);
  });
  const sources = [...new Set(pairs.map(([, , when]) => conditionSource(when)))].filter((text) => text !== undefined);
  return [
    section('Transitions', ['from', 'to', 'when'], rows),
    'At most one way is taken per call: the first of a state whose condition holds. Without `Activate` every state goes to `0000`,',
    'before all others. The conditions are read from the functions that decide: names in them are inputs, parameters, or other',
    'conditions of the block.',
    '',
    ...sources.flatMap((text) => ['```js', text, '```', '']),
  ].join('\n');
}

/** Text that GitHub and other readers of Markdown draw. */
function picture(type: SafetyBlockType): string {
  const { codes: all, transitions: pairs } = BLOCK_MACHINES[type];
  const texts = blockInterface(type).states;
  const on = new Set(Object.values(blockInterface(type).outputs)[0]?.trueIn);
  const edges = [...new Set(pairs.map(([from, to]) => `  s${from} --> s${to}`))];
  return [
    '## Picture',
    '',
    'In green the main output is TRUE, in red there is an error.',
    '',
    '```mermaid',
    'stateDiagram-v2',
    '  classDef on fill:#cdebc5,color:#000',
    '  classDef error fill:#f6c9c5,color:#000',
    '  [*] --> s0000',
    ...all.map((code) => `  s${code} : ${code} ${(texts[code]?.en ?? '').replaceAll(/[:;]/g, ',')}`),
    ...edges,
    ...all.filter((code) => on.has(code)).map((code) => `  class s${code} on`),
    ...all.filter((code) => blockFlags(code).error).map((code) => `  class s${code} error`),
    '```',
    '',
  ].join('\n');
}

const LIMITS = `## Limits

Modelled on the block of the same name of PLCopen Safety Software Part 1 V2.01; the specification itself was not at hand.
S_StartReset is always FALSE. This is no safety-rated component: it runs on ordinary hardware, in a language with a garbage
collector, and replaces no safety relay. What stops the cell when this program does not run is in
[firmware.md](../firmware.md) and [safety.md](../../explanation/safety.md).
`;

function page(type: SafetyBlockType): string {
  const wiring = blockInterface(type);
  const redundant = wiring.isRedundant ? ' Its pair of inputs must come from two different inputs of the cell.' : '';
  return [
    `# ${type}\n`,
    'Made by `npm run generate` from the interface and the state table of the block; do not edit.\n',
    `${wiring.description}${redundant} How a block is wired is in [cell-yaml.md](../cell-yaml.md).\n`,
    inputs(wiring),
    parameters(wiring),
    outputs(wiring),
    states(type),
    transitions(type),
    picture(type),
    LIMITS,
  ]
    .filter((part) => part !== '')
    .join('\n');
}

function index(): string {
  const rows = TYPES.map((type) => [`[${type}](${fileOf(type)})`, blockInterface(type).description]);
  const intro = 'Made by `npm run generate`; do not edit. Modelled on PLCopen Safety; no safety-rated components.';
  return `# Safety function blocks\n\n${intro}\n\n${table(['block', 'what it is for'], rows)}`;
}

const pages = new Map([['README.md', index()], ...TYPES.map((type) => [fileOf(type), page(type)] as const)]);

function read(file: string): string | undefined {
  try {
    return readFileSync(join(FOLDER, file), 'utf8');
  } catch {
    // A page that is not there is an old one.
    return undefined;
  }
}

if (argv.includes('--check')) {
  const old = [...pages].filter(([file, text]) => read(file) !== text).map(([file]) => file);
  if (old.length > 0) {
    stderr.write(`docs/reference/blocks: ${old.join(', ')} not what the blocks say: run npm run generate\n`);
    exit(1);
  }
  stdout.write(`docs/reference/blocks is current: ${TYPES.length} blocks\n`);
} else {
  mkdirSync(FOLDER, { recursive: true });
  for (const file of readdirSync(FOLDER)) if (!pages.has(file)) rmSync(join(FOLDER, file));
  for (const [file, text] of pages) writeFileSync(join(FOLDER, file), text);
}
