// The only source of chance. Production uses the system's, the simulator one stream per purpose from its seed.

/** A stream of chance for one purpose. */
export interface RandomSource {
  /** Uniform unsigned 32-bit integer. */
  nextUint32(): number;
}
