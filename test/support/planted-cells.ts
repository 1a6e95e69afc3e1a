// Cells with one fault each in their safety wiring or their work masters, and the same cells without it. All are made from the
// example cell by small edits of its text, so that each differs from its twin by the fault alone.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseCell } from '../../src/config/load.ts';
import type { CellModel } from '../../src/core/cell-model.ts';
import type { Rule } from '../../src/verify/result.ts';

type Edit = readonly [from: string, to: string];

export interface PlantedCell {
  /** The fault, in the words of a plant. */
  readonly title: string;
  /** Edits that both have. */
  readonly base: readonly Edit[];
  /** Edits that only the faulty one has. */
  readonly fault: readonly Edit[];
  /** A change to the faulty cell after its checks, which would not let it pass. */
  readonly unchecked?: (cell: CellModel) => CellModel;
  /** What is refuted. */
  readonly rule: Rule;
  /** Part of what the refutation is about: a value of its subject. */
  readonly about: string;
  /** What the refutation must show of the fault. */
  readonly shows: Essence;
}

export type Essence =
  /** The counter-example ends with an input in this state. */
  | { readonly input: string; readonly value: 'open' | 'closed' }
  /** Nothing has to happen: the stop function never permits. */
  | 'never-permits'
  /** A step of a work master, by its label. */
  | { readonly step: string };

const EXAMPLE = readFileSync(join(import.meta.dirname, '..', '..', 'cells', 'pick-and-place', 'cell.yaml'), 'utf8');

/** @throws Error when an edit does not fit exactly once, or the cell has problems */
export function cellWith(edits: readonly Edit[]): CellModel {
  let text = EXAMPLE;
  for (const [from, to] of edits) {
    if (text.split(from).length !== 2) throw new Error(`not exactly once in the example cell: ${from}`);
    text = text.replace(from, () => to);
  }
  const loaded = parseCell(text, 'planted.yaml');
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.error, undefined, 2));
  return loaded.value;
}

/** A block with other parameters than the checks let pass. */
function withBlock(cell: CellModel, name: string, change: Readonly<Record<string, unknown>>): CellModel {
  const blocks = cell.safety.blocks.map((block) => (block.name === name ? { ...block, ...change } : block));
  return { ...cell, safety: { ...cell.safety, blocks } };
}

/** A step of a work master with other values than the checks let pass. */
function withStep(cell: CellModel, label: string, change: Readonly<Record<string, unknown>>): CellModel {
  const workMasters = cell.workMasters.map((master) => ({
    ...master,
    steps: master.steps.map((step) => (step.label === label ? { ...step, ...change } : step)),
  }));
  return { ...cell, workMasters };
}

/** The faulty cell. */
export function faultyCell({ base, fault, unchecked }: PlantedCell): CellModel {
  const cell = cellWith([...base, ...fault]);
  return unchecked === undefined ? cell : unchecked(cell);
}

const ESTOP_BLOCKS = `    estop-channels: # both contacts must agree within the discrepancy time
      type: SF_Equivalent
      channelA: estop-a
      channelB: estop-b
      discrepancyTimeMs: 500`;

const ANTIVALENT = (nc: string, no: string): Edit => [
  ESTOP_BLOCKS,
  `    estop-channels:
      type: SF_Antivalent
      channelNC: ${nc}
      channelNO: ${no}
      discrepancyTimeMs: 500`,
];

/** What the contacts of the emergency stop are, whatever block they go to. */
const DECLARED: Edit = [
  '  reset: reset-button # also',
  `  properties:
    - never: belt.running while estop-a.open
  reset: reset-button # also`,
];

const GUARD_OUTPUTS = `      role: protective-stop
      outputs: [base, shoulder, elbow, wrist, actuator-power, belt-motor, vacuum-valve]`;

function guardOutputs(outputs: string): Edit {
  return [GUARD_OUTPUTS, `      role: protective-stop\n      outputs: [${outputs}]`];
}

const GUARD_BLOCK = `    door: # a guard with one switch names it twice
      type: SF_Guard
      switch1: guard-door
      switch2: guard-door
      discrepancyTimeMs: 500
      reset: reset-button`;

const ESPE = (more: string): Edit => [
  GUARD_BLOCK,
  `    door:
      type: SF_ESPE
      input: guard-door${more}
      reset: reset-button`,
];

/** A second door, whose switch is where the light barrier was. */
const COVER: readonly Edit[] = [
  [
    '    description: Light barrier at the end of the belt\n    board: uno-1\n    pin: A2\n    closedWhen: high',
    '    description: Cover of the belt\n    board: uno-1\n    pin: A2\n    closedWhen: low',
  ],
  [
    '            - convey: { conveyor: belt, until: { input: part-at-pick, is: true }, timeoutMs: 8000 }',
    '            - wait: { durationMs: 1000 }',
  ],
  ['    atPick: part-at-pick', '    atPick: part-present'],
  [
    '  reset: reset-button # also',
    '  protects: { guard-door: [base, shoulder, elbow, wrist], part-at-pick: [belt-motor] }\n  reset: reset-button # also',
  ],
];

const COVER_STOP = (input: string, outputs: string): readonly Edit[] => [
  [
    GUARD_BLOCK,
    `${GUARD_BLOCK}
    cover:
      type: SF_PSE
      input: ${input}
      reset: reset-button`,
  ],
  [
    GUARD_OUTPUTS,
    `      role: protective-stop
      outputs: [base, shoulder, elbow, wrist, actuator-power]
    cover-stop:
      permission: cover
      category: 0
      role: protective-stop
      outputs: [${outputs}]`,
  ],
];

function without(output: string): PlantedCell {
  const outputs = ['base', 'shoulder', 'elbow', 'wrist', 'actuator-power', 'belt-motor', 'vacuum-valve'];
  return {
    title: `the output ${output} is missing from the guard stop`,
    base: [],
    fault: [guardOutputs(outputs.filter((name) => name !== output).join(', '))],
    rule: 'output-safe',
    about: output,
    shows: { input: 'guard-door', value: 'open' },
  };
}

function property(title: string, never: string, fault: readonly Edit[], more = ''): PlantedCell {
  const base: Edit = [
    '  reset: reset-button # also',
    `  properties:\n    - never: ${never}${more}\n  reset: reset-button # also`,
  ];
  const shows = { input: 'guard-door', value: 'open' } as const;
  return { title, base: [base], fault, rule: 'never', about: never, shows };
}

const LAST_STEP = `      - move: { to: park, speedPercent: $speed, timeoutMs: 20000 }
        label: park the arm

  park:`;

function extraStep(step: string, label: string): Edit {
  return [LAST_STEP, `      - ${step}\n        label: ${label}\n${LAST_STEP}`];
}

export const PLANTED: readonly PlantedCell[] = [
  without('belt-motor'),
  without('base'),
  without('vacuum-valve'),
  without('actuator-power'),
  {
    title: 'the contacts of the emergency stop are swapped: the one that opens is taken for the one that closes',
    base: [DECLARED, ANTIVALENT('estop-a', 'estop-b')],
    fault: [
      ['channelNC: estop-a', 'channelNC: estop-b'],
      ['channelNO: estop-b', 'channelNO: estop-a'],
    ],
    rule: 'never',
    about: 'belt.running while estop-a.open',
    shows: { input: 'estop-a', value: 'open' },
  },
  {
    title: 'a light curtain resets itself although a person can stand behind it',
    base: [ESPE('')],
    fault: [
      ['      input: guard-door\n', '      input: guard-door\n      autoReset: true\n      fullBodyAccess: false\n'],
    ],
    unchecked: (cell) => withBlock(cell, 'door', { fullBodyAccess: true }),
    rule: 'no-restart',
    about: 'guard-stop',
    shows: { input: 'guard-door', value: 'closed' },
  },
  {
    title: 'the cover of the belt is wired to the arm',
    base: [...COVER, ...COVER_STOP('part-at-pick', 'belt-motor')],
    fault: [
      [
        '      role: protective-stop\n      outputs: [belt-motor]',
        '      role: protective-stop\n      outputs: [base]',
      ],
    ],
    rule: 'output-safe',
    about: 'belt-motor',
    shows: { input: 'part-at-pick', value: 'open' },
  },
  {
    title: 'the cover of the belt is not wired: its block reads the door',
    base: [...COVER, ...COVER_STOP('part-at-pick', 'belt-motor')],
    fault: [['      type: SF_PSE\n      input: part-at-pick', '      type: SF_PSE\n      input: guard-door']],
    rule: 'output-safe',
    about: 'belt-motor',
    shows: { input: 'part-at-pick', value: 'open' },
  },
  {
    title: 'the second contact of the emergency stop is the reset button',
    base: [],
    fault: [],
    unchecked: (cell) => withBlock(cell, 'estop-channels', { channelB: 'reset-button' }),
    rule: 'can-be-reset',
    about: 'emergency-stop',
    shows: 'never-permits',
  },
  {
    title: 'the guard is reset by its own switch',
    base: [],
    fault: [],
    unchecked: (cell) => withBlock(cell, 'door', { reset: 'guard-door' }),
    rule: 'can-be-reset',
    about: 'guard-stop',
    shows: 'never-permits',
  },
  {
    title: 'the second switch of the guard is the reset button',
    base: [],
    fault: [],
    unchecked: (cell) => withBlock(cell, 'door', { switch2: 'reset-button' }),
    rule: 'can-be-reset',
    about: 'guard-stop',
    shows: 'never-permits',
  },
  {
    title: 'a step waits for the door to open, which stops the cell',
    base: [extraStep('wait: { input: part-present, is: false, timeoutMs: 5000 }', 'let the part go')],
    fault: [
      [
        'wait: { input: part-present, is: false, timeoutMs: 5000 }',
        'wait: { input: guard-door, is: false, timeoutMs: 5000 }',
      ],
    ],
    rule: 'step-left',
    about: 'steps[2]',
    shows: { step: 'let the part go' },
  },
  {
    title: 'the emergency stop is reset by its own contact',
    base: [],
    fault: [],
    unchecked: (cell) => withBlock(cell, 'estop', { reset: 'estop-a' }),
    rule: 'can-be-reset',
    about: 'emergency-stop',
    shows: 'never-permits',
  },
  {
    title: 'a step waits without end',
    base: [extraStep('wait: { input: part-present, is: false, timeoutMs: 5000 }', 'let the part go')],
    fault: [],
    unchecked: (cell) => withStep(cell, 'let the part go', { timeoutMs: Number.POSITIVE_INFINITY }),
    rule: 'wait-ends',
    about: 'steps[2]',
    shows: { step: 'let the part go' },
  },
  {
    title: 'a step that nothing gets to stands behind one that only ends in a fault',
    base: [extraStep('wait: { input: guard-door, is: true, timeoutMs: 5000 }', 'see the door')],
    fault: [['wait: { input: guard-door, is: true', 'wait: { input: guard-door, is: false']],
    rule: 'step-reached',
    about: 'steps[3]',
    shows: { step: 'park the arm' },
  },
  {
    title: 'a repetition that never runs hides its steps',
    base: [],
    fault: [['          times: $count', '          times: 0']],
    rule: 'step-reached',
    about: 'steps[1].repeat.steps[0]',
    shows: { step: 'bring the next part' },
  },
  {
    title: 'a step waits for the emergency stop',
    base: [extraStep('wait: { input: estop-a, is: true, timeoutMs: 5000 }', 'see the emergency stop')],
    fault: [['wait: { input: estop-a, is: true', 'wait: { input: estop-a, is: false']],
    rule: 'step-left',
    about: 'steps[2]',
    shows: { step: 'see the emergency stop' },
  },
  property('the belt is left out of the guard stop against the cell’s own rule', 'belt.running while guard-door.open', [
    guardOutputs('base, shoulder, elbow, wrist, actuator-power, vacuum-valve'),
  ]),
  property(
    'the ramp takes longer than the cell’s own rule allows',
    'base.moving while door.open',
    [
      [
        `      permission: door\n      category: 1\n      timeLimitMs: 500`,
        `      permission: door\n      category: 1\n      timeLimitMs: 900`,
      ],
    ],
    '\n      withinMs: 500',
  ),
  property(
    'the gripper lets go while the arm moves',
    'gripper.open while arm.moving and not estop-a.open and not estop-b.open and guard-door.open',
    [guardOutputs('belt-motor')],
  ),
  {
    title: 'the guard stop permits by the emergency stop',
    base: [],
    fault: [
      ['      permission: door', '      permission: estop'],
      [
        '      outputs: [base, shoulder, elbow, wrist, actuator-power, belt-motor, vacuum-valve]\n    guard-stop',
        '      outputs: [base, shoulder, elbow, wrist, actuator-power, belt-motor, vacuum-valve]\n    door-lamp:\n      permission: door\n      category: 0\n      role: protective-stop\n      outputs: [belt-motor]\n    guard-stop',
      ],
    ],
    rule: 'output-safe',
    about: 'base',
    shows: { input: 'guard-door', value: 'open' },
  },
  {
    title: 'the stop of the arm comes later than the power that the category promises',
    base: [],
    fault: [guardOutputs('base, shoulder, elbow, wrist')],
    rule: 'output-safe',
    about: 'belt-motor',
    shows: { input: 'guard-door', value: 'open' },
  },
];
