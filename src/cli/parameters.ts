// Parameters of a job order from the command line: text made into what the work master declares.
import type { ParameterView } from '../app/job-client.ts';

const NUMBERS = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;
const NOT_FINITE: Readonly<Record<string, number>> = {
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  '-Infinity': Number.NEGATIVE_INFINITY,
};

/**
 * Text that does not read as the declared type goes to the cell as it is: the cell answers with what it allows.
 * Parameters that the work master does not declare are read by their looks, and refused by the cell as well.
 */
export function typedParameters(
  given: Readonly<Record<string, string>>,
  declared: readonly ParameterView[],
): Record<string, number | boolean | string> {
  return Object.fromEntries(
    Object.entries(given).map(([id, text]) => [id, typed(text, declared.find((each) => each.id === id)?.type)]),
  );
}

function typed(text: string, type: ParameterView['type'] | undefined): number | boolean | string {
  if (type === 'string') return text;
  const number = NOT_FINITE[text] ?? (NUMBERS.test(text) ? Number(text) : undefined);
  if (number !== undefined && type !== 'boolean') return number;
  const isBoolean = text === 'true' || text === 'false';
  return isBoolean && (type === 'boolean' || type === undefined) ? text === 'true' : text;
}
