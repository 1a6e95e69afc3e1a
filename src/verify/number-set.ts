// A set of whole numbers from 0 to 2^53 that gives each its place in the order of arrival. Open addressing, 16 bytes an entry.

const EMPTY = -1;
/** Of the table that may be full. */
const LOAD_MAX = 0.6;

export class NumberSet {
  #numbers = new Float64Array(1024);
  #table = new Int32Array(4096).fill(EMPTY);
  size = 0;

  /** @returns the place of the number, new or known */
  add(number: number): number {
    const found = this.#slotOf(number);
    const known = this.#table[found] as number;
    if (known !== EMPTY) return known;
    const place = this.size;
    this.#table[found] = place;
    if (place === this.#numbers.length) this.#widen();
    this.#numbers[place] = number;
    this.size += 1;
    if (this.size > this.#table.length * LOAD_MAX) this.#rehash();
    return place;
  }

  /** @param place below `size` */
  at(place: number): number {
    return this.#numbers[place] ?? 0;
  }

  #slotOf(number: number): number {
    const mask = this.#table.length - 1;
    const high = Math.floor(number / 0x1_0000_0000);
    // Multiplicative hash (Knuth, 6.4) of both halves.
    let slot = Math.imul((number | 0) ^ Math.imul(high, 0x85eb_ca6b), 0x9e37_79b1);
    slot = (slot ^ (slot >>> 15)) & mask;
    for (;;) {
      const place = this.#table[slot] as number;
      if (place === EMPTY || this.#numbers[place] === number) return slot;
      slot = (slot + 1) & mask;
    }
  }

  #widen(): void {
    const wider = new Float64Array(this.#numbers.length * 2);
    wider.set(this.#numbers);
    this.#numbers = wider;
  }

  #rehash(): void {
    this.#table = new Int32Array(this.#table.length * 2).fill(EMPTY);
    for (let place = 0; place < this.size; place += 1) this.#table[this.#slotOf(this.at(place))] = place;
  }
}
