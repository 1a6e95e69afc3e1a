// What a person at a simulated cell turns: switches and buttons by name, a group of contacts at once.

import { OperatorError } from '../app/operator-error.ts';
import type { InputView, SimulationClient } from '../app/simulation-client.ts';
import type { CallOutcome } from '../client/grpc-client.ts';
import { CallFailedError } from './failures.ts';

const START_SIMULATION = 'simulation';

/** How long a button is held by `push`, ms: longer than any filter of an input. */
const PUSH_MS = 300;

/** Inputs named so, or whose names begin so and go on with a hyphen: `estop` is `estop-a` and `estop-b`. */
export function inputsNamed(name: string, inputs: readonly InputView[]): readonly InputView[] {
  const exact = inputs.filter(({ device }) => device === name);
  if (exact.length > 0) return exact;
  const group = inputs.filter(({ device }) => device.startsWith(`${name}-`));
  if (group.length > 0) return group;
  const known = inputs.map(({ device }) => device).join(', ');
  throw new OperatorError(
    { en: `the simulation has no input ${name}`, es: `la simulación no tiene la entrada ${name}` },
    { en: `its inputs are: ${known}`, es: `sus entradas son: ${known}` },
  );
}

/** `push` is press and release; `auto` gives the input back to the plant. */
export const ACTIONS = ['open', 'closed', 'press', 'release', 'push', 'auto'] as const;
export type Action = (typeof ACTIONS)[number];

/** The contacts of an emergency stop open when it is pressed; those of any other button close. */
function contactFor(action: Exclude<Action, 'push' | 'auto'>, device: string): number {
  switch (action) {
    case 'open':
      return 0;
    case 'closed':
      return 1;
    case 'press':
      return isEmergencyStop(device) ? 0 : 1;
    case 'release':
      return isEmergencyStop(device) ? 1 : 0;
    default:
      return action satisfies never;
  }
}

function isEmergencyStop(device: string): boolean {
  return device === 'estop' || device.startsWith('estop-');
}

/** Sets all inputs of that name, without waiting between them: the two contacts of one button move together. */
export async function turn(
  client: SimulationClient,
  name: string,
  action: Action | number,
): Promise<readonly InputView[]> {
  const devices = inputsNamed(name, unwrap(await client.inputs(), client)).map(({ device }) => device);
  if (action !== 'push') return setAll(client, devices, action);
  await setAll(client, devices, 'press');
  await new Promise((resolve) => setTimeout(resolve, PUSH_MS));
  return setAll(client, devices, 'release');
}

async function setAll(
  client: SimulationClient,
  devices: readonly string[],
  action: Exclude<Action, 'push'> | number,
): Promise<readonly InputView[]> {
  const answers = await Promise.all(
    devices.map((device) => {
      if (typeof action === 'number') return client.setInput(device, action);
      return client.setInput(device, action === 'auto' ? undefined : contactFor(action, device));
    }),
  );
  return answers.map((answer) => unwrap(answer, client));
}

export function unwrap<T>(answer: CallOutcome<T>, client: SimulationClient): T {
  if (!answer.ok) throw new CallFailedError(answer.error, client.address, START_SIMULATION);
  return answer.value;
}
