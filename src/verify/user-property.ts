// Property 6: what the cell file says must never be.
import type { CellModel, SafetyPropertyModel } from '../core/cell-model.ts';
import { ANY_JOINT, alternativesOf, type Literal, parseSituation } from '../core/safety-property.ts';
import type { HazardousOutput } from './claims.ts';
import { type Context, exploredOf, playgroundOf, productFor, run, stopsNaming, verdictOf } from './context.ts';
import { type Gate, gatesOf, opensIn, opensWith } from './gates.ts';
import { categoryTimeMs, type Demand, demandsOf, excusingInputs, isStanding } from './meaning.ts';
import { canHarm, neverMonitor } from './never.ts';
import { OPEN } from './part.ts';
import type { Mark, Product } from './product.ts';
import { type Finding, finding } from './result.ts';
import { conveyorsOff, type OutputPicture } from './sequences.ts';
import { type Phases, traceOf } from './trace.ts';
import { coneOf } from './wiring.ts';

/** A literal about an input: demands of which one stands, or none does. */
interface InputLiteral {
  readonly demands: readonly Demand[];
  readonly isSo: boolean;
}

/** A literal about an output: it moves, or it is on. */
interface OutputLiteral {
  readonly devices: readonly string[];
  readonly about: 'moving' | 'on';
  readonly isSo: boolean;
}

interface Parts {
  readonly inputs: readonly InputLiteral[];
  readonly outputs: readonly OutputLiteral[];
}

function isJoint({ kind }: CellModel['devices'][number]): boolean {
  return kind === 'servo' || kind === 'stepper-axis';
}

function plainDemand(input: string): Demand {
  return { input, value: OPEN, purpose: 'safeguard', excuses: [], tests: [], stops: [], gates: [] };
}

/** Demands behind a block: those of a cell whose only stop function it permits. */
function behindBlock({ safety }: CellModel, block: string): readonly Demand[] {
  const stop = {
    name: '',
    permission: block,
    category: 0,
    timeLimitMs: 0,
    role: 'protective-stop',
    outputs: [],
  } as const;
  const all = demandsOf({ reset: safety.reset, blocks: safety.blocks, stopFunctions: [stop] });
  return all.filter(({ stops }) => stops.includes(stop.name));
}

function addLiteral(
  cell: CellModel,
  { fact, isSo }: Literal,
  parts: { inputs: InputLiteral[]; outputs: OutputLiteral[] },
): void {
  const { name, word } = fact;
  const device = cell.devices.find((each) => each.name === name);
  const output = (devices: readonly string[], about: OutputLiteral['about'], is: boolean): void => {
    parts.outputs.push({ devices, about, isSo: is });
  };
  if (device === undefined) {
    if (cell.safety.blocks.some((block) => block.name === name)) {
      parts.inputs.push({ demands: behindBlock(cell, name), isSo: (word === 'open') === isSo });
    } else if (name === ANY_JOINT) {
      output(
        cell.devices.filter(isJoint).map((joint) => joint.name),
        'moving',
        isSo,
      );
    }
  } else if (device.kind === 'digital-input') {
    parts.inputs.push({ demands: [plainDemand(name)], isSo: (word === 'open') === isSo });
  } else if (device.kind === 'vacuum-gripper') output([device.valve], 'on', (word === 'closed') === isSo);
  else if (device.kind === 'conveyor') output([device.motor], 'on', isSo);
  else if (device.kind === 'digital-output') output([name], 'on', (word === 'on') === isSo);
  else output([name], 'moving', isSo);
}

function partsOf(cell: CellModel, literals: readonly Literal[]): Parts {
  const parts = { inputs: [] as InputLiteral[], outputs: [] as OutputLiteral[] };
  for (const literal of literals) addLiteral(cell, literal, parts);
  return parts;
}

/**
 * What can decide over an output: what is commanded, a gate that keeps it off, a stop that gives it its safe value. Of a stop function
 * or a gate that is not looked at it is not known, so more than one of them can.
 */
interface Rule {
  readonly command: boolean;
  readonly gate: boolean;
  readonly stop: boolean;
}
type RuleOf = (device: string) => Rule;

function ruleOf(isStopped: boolean | undefined, isShut: boolean | undefined): Rule {
  if (isStopped === true) return { command: false, gate: false, stop: true };
  return { command: isShut !== true, gate: isShut !== false, stop: isStopped === undefined };
}

function holds(
  cell: CellModel,
  { devices, about, isSo }: OutputLiteral,
  picture: OutputPicture,
  rules: RuleOf,
): boolean {
  if (about === 'moving') {
    // What may move may also pause.
    return !isSo || devices.some((device) => rules(device).command && picture.moving.includes(device));
  }
  return devices.some((name) => {
    const device = cell.devices.find((each) => each.name === name);
    if (device?.kind !== 'digital-output') return false;
    const { command, gate, stop } = rules(name);
    const commanded = picture.on[name];
    return (
      (command && (commanded === undefined || commanded === isSo)) ||
      (gate && !isSo) ||
      (stop && (device.safe === 'on') === isSo)
    );
  });
}

function devicesOf({ outputs }: Parts): readonly string[] {
  return [...new Set(outputs.flatMap(({ devices }) => devices))];
}

function asOutput({ cell, outputs }: Context, name: string): HazardousOutput {
  const known = outputs.find((output) => output.name === name);
  if (known !== undefined) return known;
  const device = cell.devices.find((each) => each.name === name);
  return { name, keepsPowerInRamp: device?.kind === 'digital-output' && device.onWhileEnabled, isJoint: false };
}

/** undefined where none of those that are known does, and some are not. */
function someOf(known: readonly boolean[], isWhole: boolean): boolean | undefined {
  return known.includes(true) ? true : isWhole ? false : undefined;
}

/** What stop functions and gates leave an output, by their states in the product. */
function rulesIn(context: Context, product: Product, devices: readonly string[]): (tuple: Int32Array) => RuleOf {
  const checks = new Map(
    devices.map((name) => {
      const output = asOutput(context, name);
      const naming = stopsNaming(context, name);
      const stops = naming.flatMap((stop) => product.phasesOf(stop.name) ?? []);
      const gates = gatesBefore(context, name);
      const known = gates.filter((gate) => product.readerOf(`${gate.block}.${gate.output}`) !== undefined);
      const opens = opensIn(product, known);
      return [name, { output, naming, stops, gates, known, opens }] as const;
    }),
  );
  return (tuple) => (name) => {
    const check = checks.get(name);
    if (check === undefined) return ruleOf(false, false);
    const { output, naming, stops, gates, known, opens } = check;
    const ended = stops.map(({ part, phases }) => !canHarm(output, phases[tuple[part] ?? 0] ?? 'stopped'));
    return ruleOf(
      someOf(ended, stops.length === naming.length),
      someOf([!opens(tuple)], known.length === gates.length),
    );
  };
}

function rulesAt(context: Context, phases: Phases, codeOf: (block: string) => string): RuleOf {
  return (name) => {
    const output = asOutput(context, name);
    const isStopped = stopsNaming(context, name).some((stop) => !canHarm(output, phases.get(stop.name) ?? 'stopped'));
    return ruleOf(isStopped, !opensWith(gatesBefore(context, name), codeOf));
  };
}

function gatesBefore({ cell }: Context, device: string): readonly Gate[] {
  return gatesOf(cell.safety).filter((gate) => gate.device === device);
}

function check(
  context: Context,
  property: SafetyPropertyModel,
  parts: Parts,
  pictures: readonly OutputPicture[],
): Finding {
  const { cell } = context;
  const devices = devicesOf(parts);
  const stops = [
    ...new Map(devices.flatMap((name) => stopsNaming(context, name)).map((stop) => [stop.name, stop])).values(),
  ];
  const timeMs = property.withinMs ?? Math.max(0, ...stops.map(categoryTimeMs));
  const inputs = parts.inputs.flatMap(({ demands }) =>
    demands.flatMap((demand) => [demand.input, ...excusingInputs(demand)]),
  );
  const isPossible = (rules: RuleOf): boolean =>
    pictures.some((picture) => parts.outputs.every((literal) => holds(cell, literal, picture, rules)));
  const isMet: Mark['isMet'] = (read) =>
    parts.inputs.every(({ demands, isSo }) => demands.some((each) => isStanding(each, read)) === isSo);
  const more = { mark: { inputs, isMet }, limitsMs: [timeMs] };
  const explored = (product: Product | undefined) =>
    run(context, product, (made) => {
      const rules = rulesIn(context, made, devices);
      return neverMonitor(made, timeMs, (tuple) => isPossible(rules(tuple)));
    });
  const subject = { never: property.never, timeMs };
  // One stop function that reads one of the inputs may be enough, whatever all others do; and by itself it is small.
  for (const { name } of stops) {
    const product = productFor(context, [name], more);
    const reads = coneOf(context.wiring, [name]).inputs.some((input) => inputs.includes(input));
    const outcome = reads ? explored(product) : undefined;
    if (outcome?.kind === 'complete') return verdictOf('never', subject, outcome);
  }
  const blocks = devices.flatMap((name) => gatesBefore(context, name)).map(({ block }) => block);
  for (const block of blocks) {
    const outcome = explored(productFor(context, [], { ...more, blocks: [block] }));
    if (outcome.kind === 'complete') return verdictOf('never', subject, outcome);
  }
  const product = productFor(
    context,
    stops.map(({ name }) => name),
    { ...more, blocks },
  );
  const outcome = explored(product);
  if (outcome.kind !== 'found' || product === undefined) return verdictOf('never', subject, outcome);
  const trace = traceOf(product, outcome.moves, playgroundOf(context), (phases, _last, codeOf) =>
    isPossible(rulesAt(context, phases, codeOf)),
  );
  return finding('never', subject, { verdict: 'refuted', explored: exploredOf(outcome), trace });
}

/** The worst of the alternatives of a property: it is proved when none of them can be. */
function checkProperty(context: Context, property: SafetyPropertyModel, pictures: readonly OutputPicture[]): Finding[] {
  const situation = parseSituation(property.never);
  if (!situation.ok) throw new TypeError(`a property that was not checked: ${property.never}`);
  const findings = alternativesOf(situation.value).map((literals) =>
    check(context, property, partsOf(context.cell, literals), pictures),
  );
  const order = ['refuted', 'incomplete', 'proved'] as const;
  return findings.toSorted((a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict)).slice(0, 1);
}

/**
 * @param pictures what work masters command; programs command whatever they like, and so do a person who jogs and the cell between orders
 */
export function checkUserProperties(context: Context, pictures: readonly OutputPicture[]): readonly Finding[] {
  const joints = context.cell.devices.filter(isJoint).map(({ name }) => name);
  const anything: OutputPicture = { on: {}, moving: joints };
  const { manualReducedSpeed, maintenance } = context.cell.safety.modes?.selection ?? {};
  const isJogged = manualReducedSpeed !== undefined || maintenance !== undefined;
  const all =
    isJogged || context.cell.programs.length > 0
      ? [anything]
      : [{ on: conveyorsOff(context.cell), moving: [] }, ...pictures];
  return (context.cell.safety.properties ?? []).flatMap((property) => checkProperty(context, property, all));
}
