// Programs: the module that a cell names is there.
import { modulePathOf } from '../build.ts';
import type { Context } from './context.ts';

export function checkPrograms({ draft, report, fileName, surroundings }: Context): void {
  for (const [name, path] of draft.programs) {
    if (path === undefined) continue;
    const module = modulePathOf(fileName, path);
    if (!surroundings.fileExists(module)) report.add('module-not-found', ['programs', name], { module });
  }
}
