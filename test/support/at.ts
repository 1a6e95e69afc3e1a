// Element access for tests: a missing element is a failed test, not an undefined that travels on.

/** @throws RangeError when `list` has no element `index`. */
export function at<T>(list: readonly T[], index: number): T {
  const value = list[index];
  if (value === undefined) throw new RangeError(`no element ${index} in a list of ${list.length}`);
  return value;
}
