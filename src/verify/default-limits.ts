// How much one exploration may take where nobody says more.

/** States, memory for them in MiB, and transitions: some seconds of one processor. */
export const DEFAULT_LIMITS = { statesMax: 20_000_000, memoryMib: 1024, transitionsMax: 10_000_000 } as const;
