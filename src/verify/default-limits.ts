// How much one exploration may take where nobody says more.

/** States, and memory for them in MiB. */
export const DEFAULT_LIMITS = { statesMax: 20_000_000, memoryMib: 1024 } as const;
