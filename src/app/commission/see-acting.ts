// The points of what nobody can force: lamps, buzzers, thermometers, axes, and outputs that another board's inputs stop.
import type { Point } from '../../commissioning/points.ts';
import type { Measured } from '../../commissioning/report.ts';
import type { CellModel } from '../../core/cell-model.ts';
import type { Procedure, Surroundings } from './procedure.ts';
import { makeReady, setGoing } from './see-stops.ts';
import { workMasterFor } from './work-masters.ts';

type Acting = Extract<Point, { readonly kind: 'acting' }>;

export const seeActing: Procedure<Acting> = (around, { device }) => {
  const model = around.cell.devices.find(({ name }) => name === device);
  if (model === undefined) throw new Error(`the cell has no device ${device}`);
  const { description } = model;
  switch (model.kind) {
    case 'thermometer':
      return seeThermometer(around, device);
    case 'stack-light':
      return seeLamps(around, device, description);
    case 'digital-output':
      return model.onWhileEnabled
        ? seeReady(around, device, description)
        : seeDriven(around, [device], device, description);
    case 'buzzer':
      return seeDriven(around, movable(around.cell), device, description);
    default:
      return seeDriven(around, [device], device, description);
  }
};

/** Whatever moves makes a buzzer sound before it does. */
function movable(cell: CellModel): readonly string[] {
  return cell.devices.flatMap(({ kind, name }) =>
    kind === 'servo' || kind === 'stepper-axis' || kind === 'digital-output' ? [name] : [],
  );
}

async function seeThermometer(
  { say, language, startCell }: Surroundings,
  device: string,
): Promise<readonly Measured[]> {
  const run = await startCell();
  const reading = () => run.snapshot?.devices.find(({ name }) => name === device);
  await say.until(
    'reading-comes',
    { device },
    { isDone: () => reading()?.valid === true, live: () => run.describe(language) },
  );
  const { value = 0, unit = '' } = reading() ?? {};
  await say.confirm('reading-agrees', { device, value: `${value.toFixed(1)} ${unit}` });
  return [{ name: 'value-to', value: Math.round(value * 10) / 10, unit }];
}

async function seeLamps(around: Surroundings, device: string, description: string): Promise<readonly Measured[]> {
  const { say, startCell } = around;
  const run = await startCell();
  if (run.unit === 'Stopped' || run.unit === 'Aborted') await say.confirm('lamps-stopped', { device, description });
  await makeReady(around, run);
  await say.confirm('lamps-ready', { device });
  return [];
}

async function seeReady(around: Surroundings, device: string, description: string): Promise<readonly Measured[]> {
  const run = await around.startCell();
  await makeReady(around, run);
  await around.say.confirm('acted', { device, description });
  return [];
}

/** By a job: the person sees it act. */
async function seeDriven(
  around: Surroundings,
  devices: readonly string[],
  device: string,
  description: string,
): Promise<readonly Measured[]> {
  const { cell, say, startCell } = around;
  const workMaster = workMasterFor(cell, devices);
  if (workMaster === undefined) return say.skip('no-work-master');
  const run = await startCell();
  await makeReady(around, run);
  try {
    await say.confirm('move', { workMaster: workMaster.id });
    await setGoing(around, run, workMaster.id);
    await say.confirm('acted', { device, description });
    return [];
  } finally {
    run.abort();
  }
}
