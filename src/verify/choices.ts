// Runs a function once for every combination of the choices that it asks for, and only of those.

/** Answers 0 to `options` - 1. */
export type Choose = (options: number) => number;

/** @returns results of `run` for all answers to its questions; a question may depend on the answers before it */
export function everyChoice<Result>(run: (choose: Choose) => Result): readonly Result[] {
  const results: Result[] = [];
  const tape: { answer: number; readonly options: number }[] = [];
  do {
    let asked = 0;
    results.push(
      run((options) => {
        if (asked === tape.length) tape.push({ answer: 0, options });
        const { answer } = tape[asked] as { readonly answer: number };
        asked += 1;
        return answer;
      }),
    );
  } while (advance(tape));
  return results;
}

/** Moves to the next combination. @returns false when there is none */
function advance(tape: { answer: number; readonly options: number }[]): boolean {
  for (let last = tape.at(-1); last !== undefined; last = tape.at(-1)) {
    if (last.answer + 1 < last.options) {
      last.answer += 1;
      return true;
    }
    tape.pop();
  }
  return false;
}
