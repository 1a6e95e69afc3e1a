// Whether a draft of a work master fits the cell, as requests are answered: all its problems, each at its place.
import { fault } from '../core/faults.ts';
import { err, ok, type Result } from '../core/result.ts';
import { refuse, type ServiceRefusal } from '../ports/service-refusal.ts';
import { type CheckDraft, type CheckedDraft, type DraftProblem, isUnchecked } from '../ports/work-master-check.ts';
import { Violations } from './request-checks.ts';

/** Longest definition that is looked at, characters. */
const DEFINITION_CHARS_MAX = 65_536;
/** Longest id or version, characters. */
export const ID_CHARS_MAX = 64;

/** Checks a draft together with whatever else is wrong with the request that brings it. */
export async function readDraft(
  { id, definition }: { readonly id: string; readonly definition: string },
  violations: Violations,
  checkDraft: CheckDraft | undefined,
): Promise<Result<CheckedDraft, ServiceRefusal>> {
  const ofDraft = new Violations();
  ofDraft.text('id', id, ID_CHARS_MAX);
  ofDraft.text('definition', definition, DEFINITION_CHARS_MAX);
  violations.join(ofDraft);
  const isReadable = ofDraft.found.length === 0;
  const checked = isReadable ? await checkDraft?.(id, definition) : undefined;
  if (checked?.ok === false) {
    if (isUnchecked(checked.error)) return err(refuse(checked.error));
    for (const problem of checked.error) addProblem(problem, violations);
  }
  if (violations.found.length > 0) return err(refuse(fault(6010), violations.found));
  return checked?.ok === true ? ok(checked.value) : err(refuse(fault(6014, { name: 'the file of the cell' })));
}

function addProblem({ path, given, allowed, hint }: DraftProblem, violations: Violations): void {
  const place = path === '' || path.startsWith(':') ? `definition${path}` : `definition.${path}`;
  violations.add(place, { ...(given === undefined ? {} : { given }), allowed, hint });
}
