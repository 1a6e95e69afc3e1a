// Times as people read them: those of the clock on the wall, with what separates it from the records' UTC.

/**
 * @param time ISO 8601, e.g. of an answer as JSON
 * @returns ISO 8601 in the time zone of this machine (`TZ`) with its offset and ms, e.g. `2026-11-23T08:03:22.120-06:00`
 */
export function localTime(time: string): string {
  const at = new Date(time);
  // The zone's own minutes: a zone that is half an hour off has an offset of its own.
  const offsetMin = -at.getTimezoneOffset();
  if (offsetMin === 0) return at.toISOString();
  const local = new Date(at.getTime() + offsetMin * 60_000).toISOString().slice(0, -1);
  const [hours, minutes] = [Math.abs(offsetMin) / 60, Math.abs(offsetMin) % 60].map((part) =>
    `${Math.trunc(part)}`.padStart(2, '0'),
  );
  return `${local}${offsetMin < 0 ? '-' : '+'}${hours}:${minutes}`;
}
