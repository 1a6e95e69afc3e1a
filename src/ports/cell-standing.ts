// What is known of a cell besides its configuration: which program serves it, and what verification and commissioning have found.

/** Everything of now: files beside the cell's may change while it runs. */
export interface CellStanding {
  readonly softwareVersion: string;
  readonly verification: 'proved' | 'refuted' | 'incomplete' | 'outdated' | 'none';
  readonly commissioning: 'complete' | 'incomplete' | 'none' | 'damaged';
}
