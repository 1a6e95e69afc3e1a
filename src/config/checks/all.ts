// Every cross-check, one after the other; each reports what it finds and stops nothing.
import { checkAxes } from './axes.ts';
import { checkBoards } from './boards.ts';
import type { Context } from './context.ts';
import { checkDevices } from './devices.ts';
import { checkFeedback } from './feedback.ts';
import { checkIntent } from './intent.ts';
import { checkModes } from './modes.ts';
import { checkMotionTime } from './motion-time.ts';
import { checkParameters } from './parameters.ts';
import { checkPins } from './pins.ts';
import { checkPoses } from './poses.ts';
import { checkPrograms } from './programs.ts';
import { checkResources } from './resources.ts';
import { checkSafety } from './safety.ts';
import { checkSimulation } from './simulation.ts';
import { checkSteps } from './steps.ts';
import { checkStopFunctions } from './stop-functions.ts';
import { checkUnit } from './unit.ts';
import { checkUnsupervised } from './unsupervised.ts';

export function checkAll(context: Context): void {
  checkBoards(context);
  checkPins(context);
  checkDevices(context);
  checkAxes(context);
  checkFeedback(context);
  checkPoses(context);
  checkSafety(context);
  checkStopFunctions(context);
  checkIntent(context);
  checkModes(context);
  checkUnit(context);
  checkResources(context);
  checkUnsupervised(context);
  for (const master of context.draft.workMasters) {
    checkParameters(context, master);
    checkSteps(context, master);
    checkMotionTime(context, master);
  }
  checkPrograms(context);
  checkSimulation(context);
}
