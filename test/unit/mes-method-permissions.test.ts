// Goal: no method of any service is without a decision about who may call it, and no role reaches further than it says.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as services from '../../proto/generated/services.js';
import { ACCESS_ROLES, type AccessRole } from '../../src/core/access-role.ts';
import { mayUse } from '../../src/mes/call-guard.ts';
import { METHOD_PERMISSIONS } from '../../src/mes/method-permissions.ts';

/** The MES serves it, not the cell. */
const OF_OTHERS = '/celda.job.v1.JobResponseReceiverService/';
const PATHS = Object.values(services as Readonly<Record<string, Readonly<Record<string, { readonly path: string }>>>>)
  .flatMap((definition) => Object.values(definition))
  .map(({ path }) => path)
  .filter((path) => !path.startsWith(OF_OTHERS));
const JOBS = '/celda.job.v1.JobOrderReceiverService';

function allowed(role: AccessRole): string[] {
  return PATHS.filter((path) => mayUse(path, { roles: [role], isLocal: false }));
}

describe('the permissions of methods', () => {
  it('decide about every method of every service', () => {
    expect(PATHS.length).toBeGreaterThan(25);
    expect(PATHS.filter((path) => METHOD_PERMISSIONS[path] === undefined)).toEqual([]);
  });

  it('are what the reference page says [X2]', () => {
    const page = readFileSync(new URL('../../docs/reference/network.md', import.meta.url), 'utf8');
    const rows = [...page.matchAll(/^\| `(\w+)\/(\w+)` \| ([\w-]+) \|/gm)].map(([, ...cells]) => cells);
    const table = Object.entries(METHOD_PERMISSIONS).map(([path, permission]) => {
      const [, service = '', method = ''] = path.split('/');
      return [service.split('.').at(-1), method, permission];
    });
    expect(rows).toEqual(table);
  });

  it('refuse a method that they do not know, to every role [X2]', () => {
    expect(mayUse('/celda.cell.v1.CellService/Anything', { roles: ACCESS_ROLES, isLocal: true })).toBe(false);
  });

  it('let an observer read and watch, and nothing else', () => {
    expect(allowed('Observer').filter((path) => !/\/(Get|List|Watch|Check|ServerReflectionInfo)/.test(path))).toEqual(
      [],
    );
    expect(allowed('Observer')).toContain(`${JOBS}/WatchJobOrders`);
  });

  it('let the account of an MES give and run orders, and neither jog nor handle alarms', () => {
    const paths = allowed('MesService');
    expect(paths).toEqual(expect.arrayContaining([`${JOBS}/StoreAndStartJobOrder`, `${JOBS}/AbortJobOrder`]));
    expect(paths).not.toContain('/celda.cell.v1.JogService/Jog');
    expect(paths).not.toContain('/celda.cell.v1.CellService/AcknowledgeAlarm');
  });

  it('let an operator run orders that are there, and a supervisor give new ones too', () => {
    expect(allowed('Operator')).toContain(`${JOBS}/AbortJobOrder`);
    expect(allowed('Operator')).not.toContain(`${JOBS}/StoreAndStartJobOrder`);
    expect(allowed('Supervisor')).toContain(`${JOBS}/StoreAndStartJobOrder`);
  });

  it.each(['ConfigureAdmin', 'SecurityAdmin'] as const)('let a %s move nothing', (role) => {
    expect(allowed(role)).toEqual(allowed('Observer'));
  });

  it('let nobody on the network play with a simulation', () => {
    for (const role of ACCESS_ROLES) expect(allowed(role).filter((path) => path.includes('.sim.'))).toEqual([]);
    expect(mayUse('/celda.sim.v1.SimulationService/SetInput', { roles: [], isLocal: true })).toBe(true);
  });
});
