// Resources: each id once in its kind, and what tells that one is there is a digital-input.
import type { ResourceKind } from '../../core/resources.ts';
import type { MaterialSource, ResourceSource } from '../schema-resources.ts';
import { type Context, expectDevice } from './context.ts';

export function checkResources(context: Context): void {
  for (const [kind, entries] of Object.entries(context.draft.resources)) {
    checkKind(context, kind as ResourceKind, entries);
  }
}

function checkKind(
  context: Context,
  kind: ResourceKind,
  entries: readonly (ResourceSource | MaterialSource | undefined)[],
): void {
  const seen = new Set<string>();
  entries.forEach((entry, index) => {
    if (entry === undefined) return;
    const path = ['resources', kind, index];
    if (seen.has(entry.id)) context.report.add('resource-listed-twice', [...path, 'id'], {});
    seen.add(entry.id);
    if (entry.presentWhen !== undefined) {
      expectDevice(context, [...path, 'presentWhen'], entry.presentWhen, ['digital-input']);
    }
    if ('perPart' in entry && entry.unit === undefined)
      context.report.add('quantity-without-unit', [...path, 'perPart'], {});
  });
}
