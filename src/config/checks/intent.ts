// What safeguards are for and what must never be: names exist, and words fit them.
import { blockInterface, type SafetyBlockType } from '../../core/safety-blocks.ts';
import { ANY_JOINT, FACT_WORDS, type Fact, factsOf, parseSituation } from '../../core/safety-property.ts';
import { nearest } from '../did-you-mean.ts';
import type { Path } from '../source.ts';
import { type Context, expectDevice, JOINTS, list } from './context.ts';

function checkProtects(context: Context): void {
  for (const [input, outputs] of context.draft.protects) {
    const path = ['safety', 'protects', input];
    const device = context.draft.devices.get(input);
    if (device?.kind !== 'digital-input' && !(device === undefined && context.draft.devices.has(input))) {
      const known = [...context.draft.devices].flatMap(([name, each]) =>
        each?.kind === 'digital-input' ? [name] : [],
      );
      context.report.addKey('protects-no-input', path, { known: list(known), nearest: nearest(input, known) });
    }
    (outputs ?? []).forEach(
      (output, i) => void expectDevice(context, [...path, i], output, [...JOINTS, 'digital-output']),
    );
  }
}

/** Words that can be said of a name; undefined when there is no such thing; no words for one that is malformed elsewhere. */
function wordsFor({ draft }: Context, name: string): readonly string[] | undefined {
  if (draft.devices.has(name)) {
    const kind = draft.devices.get(name)?.kind;
    return kind !== undefined && Object.hasOwn(FACT_WORDS, kind) ? FACT_WORDS[kind as keyof typeof FACT_WORDS] : [];
  }
  if (draft.blocks.has(name)) return FACT_WORDS.block;
  return name === ANY_JOINT ? FACT_WORDS.arm : undefined;
}

function checkFact(context: Context, path: Path, { name, word }: Fact): void {
  const { draft, report } = context;
  const words = wordsFor(context, name);
  const given = `${name}.${word}`;
  if (words === undefined) {
    const known = [...draft.devices.keys(), ...draft.blocks.keys(), ANY_JOINT];
    report.add('property-unknown-name', path, { known: list(known), nearest: nearest(name, known) }, given);
  } else if (!words.includes(word) && !(draft.devices.has(name) && draft.devices.get(name) === undefined)) {
    report.add('property-unknown-word', path, { words: list(words), name }, given);
  } else if (!draft.devices.has(name)) checkDemand(context, path, name, given);
}

/** A selector, a contactor or a button asks for no stop: a property of one would be true of nothing, and prove nothing. */
function asksForStop(type: SafetyBlockType): boolean {
  return Object.values(blockInterface(type).signals).some(({ isDemand }) => isDemand);
}

function checkDemand(context: Context, path: Path, name: string, given: string): void {
  const { blocks } = context.draft;
  const type = blocks.get(name)?.type;
  if (type === undefined || asksForStop(type)) return;
  const known = [...blocks].flatMap(([each, block]) => (block !== undefined && asksForStop(block.type) ? [each] : []));
  context.report.add('property-block-without-demand', path, { known: list(known), type, name }, given);
}

function checkProperties(context: Context): void {
  for (const [index, property] of context.draft.properties.entries()) {
    if (property === undefined) continue;
    const path = ['safety', 'properties', index, 'never'];
    const situation = parseSituation(property.never);
    if (situation.ok) for (const fact of factsOf(situation.value)) checkFact(context, path, fact);
    else {
      const { expected, found } = situation.error;
      context.report.add('property-unreadable', path, { expected, found: found === '' ? '-' : found });
    }
  }
}

export function checkIntent(context: Context): void {
  checkProtects(context);
  checkProperties(context);
}
