// Goal: a whole commissioning of the example cell, with the real firmware in virtual time and somebody who plays the person.
import { beforeAll, describe, expect, it } from 'vitest';
import type { Ask } from '../../src/app/commission/dialogue.ts';
import { planPoints } from '../../src/commissioning/points.ts';
import { type CommissionReport, isComplete, standings } from '../../src/commissioning/report.ts';
import { loadCell } from '../../src/config/load.ts';
import type { CellModel, DeviceModel } from '../../src/core/cell-model.ts';
import { commission, type Outcome, type Person } from '../support/commission-rig.ts';
import { manualCell } from '../support/manual-cell.ts';

function loaded(name: string): CellModel {
  const outcome = loadCell(`cells/${name}/cell.yaml`);
  if (!outcome.ok) throw new Error('the example cell has problems');
  return outcome.value;
}
const cell = loaded('pick-and-place');

function withDevice(name: string, change: Partial<DeviceModel>): CellModel {
  const devices = cell.devices.map((device) =>
    device.name === name ? ({ ...device, ...change } as DeviceModel) : device,
  );
  return { ...cell, devices };
}

function changed(report: CommissionReport): CellModel {
  const door = withDevice('guard-door', { closeFilterMs: 20 });
  return { ...door, configHash: `${report.configHash} and a filter time` };
}

describe('a commissioning of the example cell', () => {
  let whole: Outcome;
  beforeAll(async () => {
    whole = await commission({ cell });
  });

  it('goes through every point and ends complete and confirmed, kept after each', () => {
    const { report, told, saves } = whole;
    const open = standings(cell, report).filter(({ state }) => state !== 'passed');
    expect(open.map(({ point, state, record }) => `${point.id} ${state} ${record?.reason}`)).toEqual([]);
    expect(told.map(({ id }) => id)).toEqual(planPoints(cell).map(({ id }) => id));
    expect([isComplete(cell, report), report.confirmedBy, saves]).toEqual([true, 'Ana', told.length + 1]);
  });

  it('[C5] shows the hash of the configuration to the person who confirms it, and keeps it with the name', () => {
    const { asked, report } = whole;
    const confirmation = asked.find(({ step }) => step === 'confirm');
    expect(confirmation?.detail).toEqual({ configHash: cell.configHash.slice(0, 12) });
    expect([report.configHash, report.confirmedBy]).toEqual([cell.configHash, 'Ana']);
    expect(isComplete(changed(report), report)).toBe(false);
  });

  it.each(['stop/emergency-stop/estop-channels', 'stop/guard-stop/door'])(
    'trips %s while the arm moves, and measures it within its limit',
    (id) => {
      const measured = whole.told.find((record) => record.id === id)?.measured ?? [];
      const values = new Map(measured.map((value) => [value.name, value]));
      expect(values.get('moving')?.value).toContain('Execute base');
      expect(values.get('category')?.value).toBe(1);
      const safe = values.get('stop-safe');
      // A ramp, and no more than the limit of category 1 with the lease and two cycles.
      expect(safe?.value).toBeGreaterThan(40);
      expect(safe?.limit).toBe(500 + 100 + 40);
      expect(safe?.value).toBeLessThanOrEqual(640);
      expect(values.get('stop-command')?.value).toBeGreaterThan(0);
    },
  );

  it('shows that the board goes safe without the controller', () => {
    const measured = whole.told.find(({ id }) => id === 'lease/uno-1')?.measured ?? [];
    expect(measured.map(({ name }) => name)).toEqual(['lease-held', 'lease-safe']);
    expect(measured[1]?.value).toBeLessThanOrEqual(102);
  });

  it('leaves every output at its safe value', () => {
    // The contactor and the belt; the valve is safe while it is on.
    expect([whole.levels.get(12), whole.levels.get(11), whole.levels.get(10)]).toEqual([0, 0, 1]);
  });

  it('goes on with what a changed configuration took away, and with nothing else', async () => {
    const other = changed(whole.report);
    const { report, told } = await commission({ cell: other, report: whole.report });
    expect(told.map(({ id }) => id)).toEqual(['input/guard-door', 'stop/guard-stop/door']);
    expect(isComplete(other, report)).toBe(true);
    expect(isComplete(cell, report)).toBe(false);
  });
});

/** Contacts of its selector, by mode. */
const POSITIONS = {
  automatic: 'mode-automatic',
  manualReducedSpeed: 'mode-manual',
  maintenance: 'mode-maintenance',
} as const;

/** Hands at the guarded cell: its selector, its enabling device, and what else works as everywhere. */
function handsInModes(ask: Ask, person: Person): boolean {
  const modes = ask.detail['modes'] ?? '';
  const position = Object.entries(POSITIONS).find(([mode]) => modes.includes(mode))?.[1];
  switch (ask.step) {
    case 'ready-in-mode':
      for (const contact of Object.values(POSITIONS)) person.set([contact], contact === position ? 1 : 0);
      person.set(['mode-key', 'enabling-b'], 1);
      for (const ms of [1_000, 2_500]) person.after(ms, () => person.push('reset-button'));
      return true;
    case 'enabling-hold':
    case 'enabling-let-go':
      person.set(['enabling-a'], ask.step === 'enabling-hold' ? 1 : 0);
      return true;
    default:
      return false;
  }
}

it('sees stops of category 0 and 2 as what they are: outputs off, and a hold with power on', async () => {
  const guarded = loaded('guarded-cell');
  const { report, told } = await commission({ cell: guarded, instead: handsInModes });
  expect(isComplete(guarded, report)).toBe(true);
  const { measured = [] } = told.find(({ id }) => id === 'output/actuator-power') ?? {};
  expect(measured.at(-1)).toEqual({ name: 'feedback', value: 'power-off-a', unit: '' });
  const names = (id: string) => told.find((record) => record.id === id)?.measured.map(({ name }) => name);
  expect(names('stop/door-stop/door')).toEqual(['category', 'moving', 'energised', 'stop-command', 'stop-rest']);
  expect(told.find(({ id }) => id === 'stop/door-stop/door')?.measured[0]?.value).toBe(2);
  expect(told.find(({ id }) => id === 'stop/cover-stop/cover')?.measured[0]?.value).toBe(0);
});

describe('a point that does not pass', () => {
  it('is recorded as failed when an input reads the wrong way round', async () => {
    const wrong = withDevice('part-present', { closedWhen: 'low' });
    const { report, told } = await commission({ cell: wrong, wired: cell, only: 'input/part-present' });
    expect(told).toMatchObject([{ id: 'input/part-present', result: 'failed', by: 'Ana' }]);
    expect(told[0]?.reason).toContain('closedWhen');
    expect(isComplete(wrong, report)).toBe(false);
  });

  it('is recorded as failed when two channels of a button never change one by one', async () => {
    const { told } = await commission({
      cell,
      only: 'input/estop-a',
      instead: ({ step }, person) => {
        if (step !== 'channel-operate') return false;
        person.set(['estop-a', 'estop-b'], 0);
        person.after(2_000, () => person.press('no'));
        return true;
      },
    });
    expect(told).toMatchObject([{ result: 'failed', reason: 'because it is so' }]);
  });

  it('is recorded as failed when an output did not do what it should', async () => {
    const { told } = await commission({
      cell,
      only: 'output/belt-motor',
      instead: ({ step }, person) => {
        if (step !== 'acted') return false;
        person.press('no');
        return true;
      },
    });
    expect(told).toMatchObject([{ result: 'failed' }]);
  });

  it('is recorded as failed when the contact that was operated is not the one that tripped the stop', async () => {
    const blocks = cell.safety.blocks.map((block) =>
      block.type === 'SF_EmergencyStop' ? { ...block, input: 'guard-door' } : block,
    );
    // The file has the emergency stop read the door; the person presses the button all the same.
    const wrong = { ...cell, safety: { ...cell.safety, blocks } };
    const { told } = await commission({
      cell: wrong,
      wired: cell,
      only: 'stop/emergency-stop/estop',
      instead: ({ step }, person) => {
        if (step !== 'trip') return false;
        person.set(['estop-a', 'estop-b'], 0);
        person.after(3_000, () => person.press('no'));
        return true;
      },
    });
    expect(told).toMatchObject([{ result: 'failed' }]);
  });

  it('needs a reason to be left out, and leaves the report incomplete', async () => {
    const { report, told } = await commission({
      cell,
      only: 'input/guard-door',
      instead: ({ step }, person) => {
        if (step === 'switch-rest') person.press('skip');
        return step === 'switch-rest';
      },
    });
    expect(told).toMatchObject([{ result: 'skipped', reason: 'because it is so' }]);
    expect(isComplete(cell, report)).toBe(false);
  });
});

it('is left with every output safe while a key still holds one, and keeps nothing of that point', async () => {
  const seen: (number | undefined)[] = [];
  const { told, levels } = await commission({
    cell,
    only: 'output/belt-motor',
    instead: ({ step }, person) => {
      if (step !== 'force-let-go') return false;
      seen.push(person.levelOf(11));
      person.press('switch');
      person.press('end');
      return true;
    },
  });
  expect(seen).toEqual([1]);
  expect([told, levels.get(11)]).toEqual([[], 0]);
});

it('does not take a cell for one that stays stopped when a release starts it', async () => {
  const { told } = await commission({
    cell,
    only: 'stop/guard-stop/door',
    instead: ({ step }, person) => {
      if (step !== 'still') return false;
      // Somebody presses reset where nothing may start.
      person.push('reset-button');
      return true;
    },
  });
  expect(told).toMatchObject([{ result: 'failed' }]);
  expect(told[0]?.reason).toContain('sin un rearme nuevo');
});

it('sees power come and go with the enabling device, in its mode and without a reset', async () => {
  const point = 'stop/manual-enabling/manual-enable';
  const hands = (ask: Ask, person: Person): boolean => {
    switch (ask.step) {
      case 'ready-in-mode':
        person.set(['mode-auto'], 0);
        person.set(['mode-manual', 'mode-key', 'enable-2', 'estop-a', 'estop-b'], 1);
        // The first clears the selector, which stood nowhere until now; the second the stops.
        for (const ms of [1_000, 2_500]) person.after(ms, () => person.push('reset'));
        return true;
      case 'enabling-hold':
        person.set(['enable-1'], 1);
        return true;
      case 'enabling-let-go':
        person.set(['enable-1'], 0);
        return true;
      default:
        return false;
    }
  };
  const { told } = await commission({ cell: manualCell(), only: point, instead: hands });
  expect(told).toMatchObject([{ id: point, result: 'passed' }]);
  const values = new Map(told[0]?.measured.map((value) => [value.name, value]));
  expect(values.get('energised')?.value).toContain('power');
  expect(values.get('stop-safe')?.value).toBeLessThanOrEqual(values.get('stop-safe')?.limit ?? 0);
});
