// Zones: every hazardous output is in exactly one of them, if there are any, and each is stopped by something.
import { nearest } from '../did-you-mean.ts';
import type { StopFunctionSource } from '../schema-safety.ts';
import { type Context, devicesOf, expectDevice, isHazardous, isUnsupervised, JOINTS, list } from './context.ts';

/** What a stop function stops: its outputs, and those of its zones. */
export function outputsOf({ draft }: Context, { zones, outputs }: StopFunctionSource): readonly string[] {
  return [...zones.flatMap((zone) => draft.zones.get(zone)?.outputs ?? []), ...outputs];
}

function checkStops(context: Context): void {
  const { draft, report } = context;
  for (const [name, stop] of draft.stopFunctions) {
    if (stop === undefined) continue;
    const path = ['safety', 'stopFunctions', name];
    if (stop.zones.length === 0 && stop.outputs.length === 0) report.addKey('stops-nothing', path, {});
    stop.zones.forEach((zone, index) => {
      if (draft.zones.has(zone)) return;
      const known = [...draft.zones.keys()];
      report.add('unknown-zone', [...path, 'zones', index], { known: list(known), nearest: nearest(zone, known) });
    });
  }
}

/** @returns the zone of each output */
function checkMembers(context: Context): ReadonlyMap<string, string> {
  const zoneOf = new Map<string, string>();
  for (const [name, zone] of context.draft.zones) {
    zone?.outputs.forEach((output, index) => {
      const path = ['safety', 'zones', name, 'outputs', index];
      expectDevice(context, path, output, [...JOINTS, 'digital-output']);
      const owner = zoneOf.get(output);
      if (owner === undefined) zoneOf.set(output, name);
      else context.report.add('output-in-two-zones', path, { owner });
    });
  }
  return zoneOf;
}

function checkHazards(context: Context, zoneOf: ReadonlyMap<string, string>): void {
  for (const [device, model] of devicesOf(context, [...JOINTS, 'digital-output'])) {
    if (!isHazardous(model) || zoneOf.has(device) || isUnsupervised(context, model.board)) continue;
    context.report.addKey('hazard-without-zone', ['devices', device], { zones: list([...context.draft.zones.keys()]) });
  }
}

/** A zone that no protective stop stops is one that its door does not. */
function checkProtection({ draft, report }: Context): void {
  const stops = [...draft.stopFunctions.values()];
  if (stops.some((stop) => stop === undefined)) return;
  const stopped = new Set(stops.flatMap((stop) => (stop?.role === 'protective-stop' ? stop.zones : [])));
  for (const name of draft.zones.keys()) {
    if (!stopped.has(name)) report.addKey('zone-without-protective-stop', ['safety', 'zones', name], {});
  }
}

export function checkZones(context: Context): void {
  checkStops(context);
  if (context.draft.zones.size === 0) return;
  const zoneOf = checkMembers(context);
  // A malformed zone hides what is in it.
  if ([...context.draft.zones.values()].every((zone) => zone !== undefined)) checkHazards(context, zoneOf);
  checkProtection(context);
}
