// Writes docs/reference/fault-catalogue.md: what can go wrong, what happens then, and where it is proven. With `--check` it
// writes nothing and fails when the page is old.
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { argv, exit, stderr, stdout } from 'node:process';
import { rowTests } from './fault-row-tests.ts';
import { FAULT_ROWS } from './fault-rows.ts';

const PAGE = join(import.meta.dirname, 'reference', 'fault-catalogue.md');

const GROUPS = [
  ['P', 'The process on the host'],
  ['S', 'The serial line'],
  ['M', 'The board'],
  ['G', 'The network'],
  ['T', 'Clocks'],
  ['O', 'The operator'],
  ['N', 'Sensors'],
  ['A', 'Actuators'],
  ['C', 'The configuration'],
  ['X', 'Security'],
  ['D', 'The disk and the journal'],
] as const;

const INTRODUCTION = `# What can go wrong, and the proof

Made by \`npm run generate\` from the table in \`docs/fault-rows.ts\` and the titles of the tests; do not edit. A test that proves
a row carries its number in its title, such as \`[S10]\`; a test of the architecture fails when a row has none. The numbers of what the cell _reports_ are in [faults.md](faults.md); what is sent over the line is in [wire.md](wire.md).

\`npm run campaign:host-loss\` takes the controller of a moving cell away for real, 100 times in each of four ways.
\`npm run campaign:soak\` lets a cell work for two million cycles in virtual time, with 25,000 orders through the real gateway and journal.
`;

function table(letter: string, title: string): string {
  const tests = rowTests();
  const rows = Object.entries(FAULT_ROWS).filter(([number]) => number.startsWith(letter));
  const lines = rows.map(([number, { fault, reaction }]) => {
    const files = new Set(tests.filter(({ row }) => row === number).map(({ file }) => file));
    const links = [...files].map((file) => `[${basename(file, '.test.ts')}](../../${file})`);
    return `| ${number} | ${fault} | ${reaction} | ${links.join(', ')} |`;
  });
  return [`## ${title}\n`, '| row | fault | what happens | tests |', '| --- | --- | --- | --- |', ...lines, ''].join(
    '\n',
  );
}

const page = [INTRODUCTION, ...GROUPS.map(([letter, title]) => table(letter, title))].join('\n');
if (!argv.includes('--check')) {
  writeFileSync(PAGE, page);
} else if (readFileSync(PAGE, 'utf8') !== page) {
  stderr.write('docs/reference/fault-catalogue.md is not what table and tests say: run npm run generate\n');
  exit(1);
} else {
  stdout.write(`docs/reference/fault-catalogue.md is current: ${Object.keys(FAULT_ROWS).length} rows\n`);
}
